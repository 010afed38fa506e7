<?php

namespace App;

use Illuminate\Auth\GuardHelpers;
use Illuminate\Contracts\Auth\Authenticatable;
use Illuminate\Contracts\Auth\Guard;
use Illuminate\Contracts\Auth\UserProvider;
use Illuminate\Http\Request;
use Illuminate\Support\Str;

/**
 * Follows the guard of jwt-auth (tymon 2.1, open-source-saver up to 2.4): `iss` is the URL of the request, a refreshed
 * token keeps the `iat` of the first one, and the exchanged token goes on the blacklist.
 */
class JwtGuard implements Guard
{
    use GuardHelpers;

    private ?string $token = null;

    public function __construct(
        UserProvider $provider,
        private Request $request,
        private Jwt $jwt,
        private Blacklist $blacklist,
        private array $config,
    ) {
        $this->provider = $provider;
    }

    public function user(): ?Authenticatable
    {
        return $this->user ??= $this->findUser();
    }

    public function validate(array $credentials = []): bool
    {
        return $this->attempt($credentials) !== null;
    }

    /** A token, or null if the credentials are wrong. */
    public function attempt(array $credentials): ?string
    {
        $user = $this->provider->retrieveByCredentials($credentials);
        if (! $user || ! $this->provider->validateCredentials($user, $credentials)) {
            return null;
        }

        return $this->issue((string) $user->getAuthIdentifier(), time());
    }

    /** Exchanges the token of the request, which may have expired; does not look for its user. */
    public function refresh(): string
    {
        $claims = $this->readToken();
        if ($claims['iat'] + $this->config['refresh_ttl_seconds'] < time()) {
            throw new JwtException('Token has expired and can no longer be refreshed');
        }
        $this->blacklist->add($claims['jti']);

        return $this->issue($claims['sub'], $claims['iat']);
    }

    public function logout(): void
    {
        try {
            $this->blacklist->add($this->readToken()['jti']);
        } catch (JwtException) {
            // A token that is already invalid is signed out, too.
        }
        $this->user = null;
    }

    public function setToken(string $token): static
    {
        $this->token = $token;

        return $this;
    }

    private function findUser(): ?Authenticatable
    {
        try {
            $claims = $this->readToken();
        } catch (JwtException) {
            return null;
        }

        return $claims['exp'] > time() ? $this->provider->retrieveById($claims['sub']) : null;
    }

    private function readToken(): array
    {
        $token = $this->token ?? $this->request->bearerToken();
        if (! $token) {
            throw new JwtException('Token could not be parsed from the request.');
        }
        $claims = $this->jwt->decode($token);
        if ($this->blacklist->has($claims['jti'])) {
            throw new JwtException('The token has been blacklisted');
        }

        return $claims;
    }

    private function issue(string $subject, int $issuedAt): string
    {
        $now = time();

        return $this->jwt->encode([
            'iss' => $this->request->url(),
            'iat' => $issuedAt,
            'exp' => $now + $this->config['ttl_seconds'],
            'nbf' => $now,
            'jti' => Str::random(),
            'sub' => $subject,
            'prv' => sha1(User::class),
        ]);
    }
}
