<?php

use App\User;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Route;

// The package cannot revoke all tokens of a user: this one signs out with each of them.
Route::post('revoke', function (Request $request) {
    foreach (Cache::pull('tokens-of:' . $request->json('user'), []) as $token) {
        auth('api')->setToken($token)->logout();
    }

    return response()->noContent();
});

Route::post('delete-user', function (Request $request) {
    User::where('name', $request->json('user'))->delete();

    return response()->noContent();
});

Route::post('throttle', function () {
    Cache::forever('lever:throttle', true);

    return response()->noContent();
});
