<?php

return [
    'default' => 'sqlite',
    'connections' => [
        'sqlite' => ['driver' => 'sqlite', 'database' => getenv('DATA_DIR') . '/database.sqlite'],
    ],
];
