<?php

return [
    'paths' => ['api/*'],
    'allowed_methods' => ['*'],
    'allowed_origins' => [getenv('ORIGIN')],
    'allowed_headers' => ['Authorization', 'Content-Type', 'Accept'],
    'exposed_headers' => ['WWW-Authenticate', 'Retry-After', 'Date'],
    'supports_credentials' => true,
];
