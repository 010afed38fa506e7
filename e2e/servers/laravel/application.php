<?php

use App\Handler;
use App\Kernel;
use Illuminate\Contracts\Debug\ExceptionHandler;
use Illuminate\Contracts\Http\Kernel as HttpKernel;
use Illuminate\Foundation\Application;

require 'Illuminate/autoload.php';
spl_autoload_register(function (string $class) {
    if (str_starts_with($class, 'App\\')) {
        require __DIR__ . '/app/' . substr($class, strlen('App\\')) . '.php';
    }
});

// What Laravel would write into bootstrap/cache goes to the data of this run.
foreach (['CONFIG', 'EVENTS', 'PACKAGES', 'ROUTES', 'SERVICES'] as $name) {
    $_ENV["APP_{$name}_CACHE"] = getenv('DATA_DIR') . '/' . strtolower($name) . '.php';
}

$app = new Application(__DIR__);
$app->useStoragePath(getenv('DATA_DIR'));
$app->singleton(HttpKernel::class, Kernel::class);
$app->singleton(ExceptionHandler::class, Handler::class);

return $app;
