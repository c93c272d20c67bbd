# What CMake, Meson and autoconf do before they build, with names as random.
set -e
probe() { # folder, name
  mkdir -p "$1"
  (
    cd "$1"
    echo 'int main(void) { return 0; }' > "$2.c"
    $CC -o "$2.o" -c "$2.c"
    $CC "$2.o" -o "$2"
    $CC "$2.c" -o "$2"
    ./"$2"
  )
}
probe build/CMakeFiles/CMakeScratch/TryCompile-$$ testCCompiler
probe build/CMakeFiles/CMakeTmp CMakeCCompilerABI-$$
probe build/CMakeFiles/3.0/CompilerIdC CMakeCCompilerId
probe build/meson-private/tmp$$ testfile
probe build/meson-private sanitycheckc
probe . conftest$$
# No probe in spite of the names around it.
$CC -DCMakeTmp -Ibuild/meson-private -c operations.c -o conftests-none.o
