<?php

namespace App;

use Illuminate\Contracts\Foundation\Application;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Route;
use Illuminate\Support\ServiceProvider;

class AppServiceProvider extends ServiceProvider
{
    public function register(): void
    {
        $this->app->singleton(
            Blacklist::class,
            fn (Application $app) => new Blacklist($app['cache.store'], config('jwt')),
        );
    }

    public function boot(): void
    {
        Auth::extend('jwt', fn (Application $app, string $name, array $config) => new JwtGuard(
            Auth::createUserProvider($config['provider']),
            $app['request'],
            new Jwt(config('jwt.secret')),
            $app[Blacklist::class],
            config('jwt'),
        ));
        Route::prefix('api')->middleware('throttle:6000,1')->group($this->app->basePath('routes/api.php'));
        Route::prefix('levers')->group($this->app->basePath('routes/levers.php'));
    }
}
