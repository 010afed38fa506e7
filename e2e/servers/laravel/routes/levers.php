<?php

use App\User;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Route;

// The package cannot revoke all tokens of a user: as a sign-out elsewhere, this one invalidates the newest.
Route::post('revoke', function (Request $request) {
    auth('api')->setToken(Cache::get('newest-token:' . $request->json('user')))->logout();

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
