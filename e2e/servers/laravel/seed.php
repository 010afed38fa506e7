<?php

use App\User;
use Illuminate\Contracts\Http\Kernel;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Hash;
use Illuminate\Support\Facades\Schema;

$database = getenv('DATA_DIR') . '/database.sqlite';
// A deleted user stays deleted after a restart.
if (file_exists($database)) {
    return;
}
touch($database);

$app = require __DIR__ . '/application.php';
$app->make(Kernel::class)->bootstrap();
Schema::create('users', function (Blueprint $table) {
    $table->id();
    $table->string('name');
    $table->string('email')->unique();
    $table->string('password');
});
foreach (['alice', 'bob'] as $name) {
    User::create([
        'name' => $name,
        'email' => "$name@example.com",
        'password' => Hash::make("$name-pass"),
    ]);
}
