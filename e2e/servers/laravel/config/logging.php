<?php

return [
    'default' => 'errors',
    'channels' => [
        'errors' => ['driver' => 'errorlog', 'level' => 'error'],
        'null' => ['driver' => 'monolog', 'handler' => Monolog\Handler\NullHandler::class],
    ],
];
