<?php

use App\JwtException;
use Illuminate\Http\Exceptions\ThrottleRequestsException;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Route;

Route::post('auth/login', function (Request $request) {
    $token = auth('api')->attempt($request->only('email', 'password'));
    abort_unless($token, 401, 'Wrong email or password.');

    return answer($token);
});

Route::post('auth/refresh', function () {
    if (Cache::pull('lever:throttle')) {
        throw new ThrottleRequestsException('Too Many Attempts.', null, ['Retry-After' => 1]);
    }
    try {
        $token = auth('api')->refresh();
        $user = auth('api')->setToken($token)->user();
    } catch (JwtException) {
        $user = null;
    }
    abort_unless($user, 401, 'Sign in again.');

    return answer($token);
});

Route::middleware('auth:api')->get('me', fn () => ['name' => auth('api')->user()->name]);

function answer(string $token)
{
    // For the lever that revokes all.
    $key = 'tokens-of:' . auth('api')->setToken($token)->user()->name;
    Cache::forever($key, [...Cache::get($key, []), $token]);

    return response()
        ->json(['access_token' => $token, 'token_type' => 'bearer', 'expires_in' => config('jwt.ttl_seconds')])
        ->header('Cache-Control', 'no-store');
}
