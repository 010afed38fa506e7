<?php

namespace App;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

/** Reads `config/cors.php` as Laravel's own middleware does, which Debian's Laravel 8 lacks. */
class HandleCors
{
    public function handle(Request $request, Closure $next): Response
    {
        $config = config('cors');
        if (! $request->is(...$config['paths'])) {
            return $next($request);
        }
        $isPreflight = $request->isMethod('OPTIONS') && $request->headers->has('Access-Control-Request-Method');
        $response = $isPreflight ? response()->noContent() : $next($request);
        $response->setVary('Origin', false);
        $origin = $request->headers->get('Origin');
        if (in_array($origin, $config['allowed_origins'], true)) {
            $this->allow($response, $origin, $isPreflight);
        }

        return $response;
    }

    private function allow(Response $response, string $origin, bool $isPreflight): void
    {
        $config = config('cors');
        $headers = $response->headers;
        $headers->set('Access-Control-Allow-Origin', $origin);
        $headers->set('Access-Control-Allow-Credentials', $config['supports_credentials'] ? 'true' : 'false');
        if ($isPreflight) {
            $headers->set('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
            $headers->set('Access-Control-Allow-Headers', implode(', ', $config['allowed_headers']));
        } else {
            $headers->set('Access-Control-Expose-Headers', implode(', ', $config['exposed_headers']));
        }
    }
}
