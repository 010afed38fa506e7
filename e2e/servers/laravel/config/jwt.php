<?php

// The package counts in minutes; the tests cannot wait for one.
return [
    'secret' => 'of this test, and long enough for HMAC with SHA-256',
    'ttl_seconds' => (int) getenv('ACCESS_SECONDS'),
    'refresh_ttl_seconds' => 14 * 24 * 60 * 60,
    'blacklist_grace_period' => 0,
];
