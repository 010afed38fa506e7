<?php

namespace App;

/** Signs and reads tokens with HMAC and SHA-256. */
class Jwt
{
    private const HEADER = ['typ' => 'JWT', 'alg' => 'HS256'];

    public function __construct(private string $secret)
    {
    }

    public function encode(array $claims): string
    {
        $signed = $this->base64(json_encode(self::HEADER)) . '.' . $this->base64(json_encode($claims));

        return $signed . '.' . $this->signatureOf($signed);
    }

    public function decode(string $token): array
    {
        $parts = explode('.', $token);
        if (count($parts) !== 3) {
            throw new JwtException('Wrong number of segments');
        }
        [$header, $payload, $signature] = $parts;
        if (! hash_equals($this->signatureOf("$header.$payload"), $signature)) {
            throw new JwtException('Token Signature could not be verified.');
        }

        return json_decode(base64_decode(strtr($payload, '-_', '+/')), true);
    }

    private function signatureOf(string $signed): string
    {
        return $this->base64(hash_hmac('sha256', $signed, $this->secret, true));
    }

    private function base64(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
