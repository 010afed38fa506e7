<?php

namespace App;

use Illuminate\Contracts\Cache\Repository;

/** Tokens that were exchanged or signed out, by `jti`, in Laravel's cache. */
class Blacklist
{
    public function __construct(private Repository $cache, private array $config)
    {
    }

    public function add(string $jti): void
    {
        $validUntil = time() + $this->config['blacklist_grace_period'];
        $this->cache->add("blacklist:$jti", $validUntil, $this->config['refresh_ttl_seconds']);
    }

    public function has(string $jti): bool
    {
        $validUntil = $this->cache->get("blacklist:$jti");

        return $validUntil !== null && $validUntil <= time();
    }
}
