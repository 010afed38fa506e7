<?php

return [
    'default' => 'file',
    'prefix' => 'shop',
    'stores' => ['file' => ['driver' => 'file', 'path' => getenv('DATA_DIR') . '/cache']],
];
