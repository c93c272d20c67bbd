# Wrappers around LLVM's and MLIR's CMake functions.
#
# Own installation and export: add_mlir_library would join MLIR's export set,
# which an out-of-tree project must not touch.

include_guard()

set(KCFI_WARNING_FLAGS -Wall -Wextra -Wswitch -Wno-unused-parameter)
if(KCFI_ENABLE_WERROR)
  list(APPEND KCFI_WARNING_FLAGS -Werror)
endif()

function(_kcfi_compile_options target)
  target_compile_options(${target} PRIVATE ${KCFI_WARNING_FLAGS})
endfunction()

# add_kcfi_library(NAME sources...
#   [DEPENDS targets...]          tablegen targets
#   [LINK_COMPONENTS comps...]    LLVM components
#   [LINK_LIBS libs...]           libraries of this project
#   [MLIR_LIBS libs...])          MLIR libraries (libMLIR.so where it exists)
function(add_kcfi_library name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK_COMPONENTS;LINK_LIBS;MLIR_LIBS" ${ARGN})
  add_mlir_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS}
    DISABLE_INSTALL EXCLUDE_FROM_LIBMLIR
    DEPENDS ${ARG_DEPENDS}
    LINK_COMPONENTS ${ARG_LINK_COMPONENTS}
    LINK_LIBS PUBLIC ${ARG_LINK_LIBS})
  if(ARG_MLIR_LIBS)
    mlir_target_link_libraries(${name} PUBLIC ${ARG_MLIR_LIBS})
  endif()
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  _kcfi_compile_options(${name})
  if(TARGET obj.${name})
    _kcfi_compile_options(obj.${name})
  endif()
  set_property(GLOBAL APPEND PROPERTY KCFI_EXPORTED_TARGETS ${name})
  set_property(GLOBAL PROPERTY KCFI_LINK_LIBS_OF_${name} ${ARG_LINK_LIBS})
  set_property(GLOBAL PROPERTY KCFI_MLIR_LIBS_OF_${name} ${ARG_MLIR_LIBS})
endfunction()

# Sets RESULT to the libraries of this project, and MLIR_RESULT to those of MLIR,
# that the libraries in ARGN need, themselves included.
function(_kcfi_collect_libraries result mlir_result)
  set(pending ${ARGN})
  set(libraries)
  set(mlir_libraries)
  while(pending)
    list(POP_FRONT pending library)
    if(library IN_LIST libraries)
      continue()
    endif()
    list(APPEND libraries ${library})
    get_property(needed GLOBAL PROPERTY KCFI_LINK_LIBS_OF_${library})
    get_property(mlir_needed GLOBAL PROPERTY KCFI_MLIR_LIBS_OF_${library})
    list(APPEND pending ${needed})
    list(APPEND mlir_libraries ${mlir_needed})
  endwhile()
  list(REMOVE_DUPLICATES mlir_libraries)
  set(${result} ${libraries} PARENT_SCOPE)
  set(${mlir_result} ${mlir_libraries} PARENT_SCOPE)
endfunction()

# add_kcfi_c_library(NAME OUTPUT LIBRARY EXPORTS file MLIR_C_LIBS libs...)
# A shared library with the whole of LIBRARY and of the archives with MLIR's C
# API; EXPORTS is a version script.
function(add_kcfi_c_library name output library)
  foreach(tool nm objcopy)
    string(TOUPPER KCFI_LLVM_${tool} variable)
    find_program(${variable} llvm-${tool} HINTS ${LLVM_TOOLS_BINARY_DIR}
                 NO_DEFAULT_PATH REQUIRED)
  endforeach()
  cmake_parse_arguments(ARG "" "EXPORTS" "MLIR_C_LIBS" ${ARGN})
  # A shared library needs a source; all code is in archives.
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.c)
  file(GENERATE OUTPUT ${source} CONTENT
    "extern int ${name}IsMadeOfArchives;\n")
  add_library(${name} SHARED ${source})
  # By their files: as targets they would bring the static archives of MLIR.
  set(archives)
  foreach(mlir_library IN LISTS ARG_MLIR_C_LIBS)
    set(archive ${CMAKE_CURRENT_BINARY_DIR}/${name}.${mlir_library}.a)
    add_custom_command(OUTPUT ${archive}
      COMMAND ${CMAKE_COMMAND} -D NM=${KCFI_LLVM_NM} -D OBJCOPY=${KCFI_LLVM_OBJCOPY}
        -D INPUT=$<TARGET_FILE:${mlir_library}> -D OUTPUT=${archive}
        -P ${PROJECT_SOURCE_DIR}/cmake/modules/RenameTraitIds.cmake
      DEPENDS $<TARGET_FILE:${mlir_library}>
        ${PROJECT_SOURCE_DIR}/cmake/modules/RenameTraitIds.cmake VERBATIM)
    list(APPEND archives ${archive})
  endforeach()
  add_custom_target(${name}Archives DEPENDS ${archives})
  add_dependencies(${name} ${name}Archives)
  # clang's sanitizers live in the program that uses the library.
  if(KCFI_SANITIZE)
    set(undefined undefs)
  else()
    set(undefined defs)
  endif()
  target_link_options(${name} PRIVATE
    "LINKER:--whole-archive" $<TARGET_FILE:${library}> ${archives}
    "LINKER:--no-whole-archive" "LINKER:-z,${undefined}"
    "LINKER:--version-script,${ARG_EXPORTS}")
  # LLVM's modules ask the linker of executables which flags it knows.
  if(CMAKE_EXE_LINKER_FLAGS MATCHES "-fuse-ld=[^ ]+")
    target_link_options(${name} PRIVATE ${CMAKE_MATCH_0})
  endif()
  target_link_libraries(${name} PRIVATE ${library})
  if(NOT MLIR_LINK_MLIR_DYLIB)
    target_link_libraries(${name} PRIVATE ${ARG_MLIR_C_LIBS})
  endif()
  set_target_properties(${name} PROPERTIES
    OUTPUT_NAME ${output}
    LINKER_LANGUAGE CXX
    LINK_DEPENDS ${ARG_EXPORTS}
    LIBRARY_OUTPUT_DIRECTORY ${LLVM_LIBRARY_OUTPUT_INTDIR}
    BUILD_RPATH "${LLVM_LIBRARY_DIR}"
    INSTALL_RPATH "$ORIGIN;${LLVM_LIBRARY_DIR}")
  target_include_directories(${name} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  set_property(GLOBAL APPEND PROPERTY KCFI_EXPORTED_C_TARGETS ${name})
endfunction()

# add_kcfi_tool(NAME sources... [NO_INSTALL] [LINK_COMPONENTS ...]
#   [LINK_LIBS ...] [MLIR_LIBS ...])
function(add_kcfi_tool name)
  cmake_parse_arguments(ARG "NO_INSTALL" "" "LINK_COMPONENTS;LINK_LIBS;MLIR_LIBS" ${ARGN})
  set(LLVM_LINK_COMPONENTS ${ARG_LINK_COMPONENTS})
  add_llvm_executable(${name} PARTIAL_SOURCES_INTENDED ${ARG_UNPARSED_ARGUMENTS})
  llvm_update_compile_flags(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  if(ARG_MLIR_LIBS)
    mlir_target_link_libraries(${name} PRIVATE ${ARG_MLIR_LIBS})
    mlir_check_all_link_libraries(${name})
  endif()
  _kcfi_compile_options(${name})
  if(NOT ARG_NO_INSTALL)
    install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endfunction()

# add_kcfi_plugin(NAME sources... [LINK_COMPONENTS ...] [LINK_LIBS ...]
#   [MLIR_LIBS ...]): a module that MLIR's tools load.
function(add_kcfi_plugin name)
  cmake_parse_arguments(ARG "" "" "LINK_COMPONENTS;LINK_LIBS;MLIR_LIBS" ${ARGN})
  add_llvm_library(${name} MODULE BUILDTREE_ONLY ${ARG_UNPARSED_ARGUMENTS}
    LINK_COMPONENTS ${ARG_LINK_COMPONENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  mlir_target_link_libraries(${name} PRIVATE ${ARG_MLIR_LIBS})
  _kcfi_compile_options(${name})
  install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# add_kcfi_compiler_plugin(NAME sources... LINK_LIBS libs... MLIR_LIBS libs...):
# a module that clang, opt and rustc load. They have LLVM, but no MLIR: its
# archives are linked in, since loading libMLIR.so takes longer than many a
# compilation.
function(add_kcfi_compiler_plugin name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS;MLIR_LIBS" ${ARGN})
  _kcfi_collect_libraries(libraries mlir_libraries ${ARG_LINK_LIBS})
  add_library(${name} MODULE ${ARG_UNPARSED_ARGUMENTS})
  llvm_update_compile_flags(${name})
  _kcfi_compile_options(${name})
  # By their files: as targets they would bring libMLIR.so.
  set(archives)
  foreach(library IN LISTS libraries)
    list(APPEND archives $<TARGET_FILE:${library}>)
    add_dependencies(${name} ${library})
  endforeach()
  target_link_libraries(${name} PRIVATE
    "-Wl,--start-group" ${archives} "-Wl,--end-group"
    ${ARG_MLIR_LIBS} ${mlir_libraries} LLVM)
  target_link_options(${name} PRIVATE
    "LINKER:--gc-sections" "LINKER:--exclude-libs,ALL" "LINKER:-z,defs"
    "LINKER:--version-script,${CMAKE_CURRENT_SOURCE_DIR}/${name}.map")
  if(CMAKE_EXE_LINKER_FLAGS MATCHES "-fuse-ld=[^ ]+")
    target_link_options(${name} PRIVATE ${CMAKE_MATCH_0})
  endif()
  set_target_properties(${name} PROPERTIES
    PREFIX ""
    LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}.map
    LIBRARY_OUTPUT_DIRECTORY ${LLVM_LIBRARY_OUTPUT_INTDIR}
    BUILD_RPATH "${LLVM_LIBRARY_DIR}")
  install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# add_kcfi_unittest(NAME sources... [LINK_LIBS ...] [LINK_COMPONENTS ...]
#   [MLIR_LIBS ...]): a GoogleTest program that lit runs.
function(add_kcfi_unittest name)
  add_kcfi_tool(${name} NO_INSTALL ${ARGN})
  target_link_libraries(${name} PRIVATE GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  add_dependencies(KCFIUnitTests ${name})
endfunction()

# Installs libraries, headers and the package files for find_package(KCFI).
function(kcfi_install_package)
  include(CMakePackageConfigHelpers)
  get_property(targets GLOBAL PROPERTY KCFI_EXPORTED_TARGETS)
  get_property(c_targets GLOBAL PROPERTY KCFI_EXPORTED_C_TARGETS)
  install(TARGETS ${targets} ${c_targets} EXPORT KCFITargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/kcfi)
  install(EXPORT KCFITargets DESTINATION ${package_dir} FILE KCFITargets.cmake)
  export(TARGETS ${targets} ${c_targets} FILE ${CMAKE_BINARY_DIR}/lib/cmake/kcfi/KCFITargets.cmake)
  string(JOIN " " KCFI_LIBRARIES ${targets})
  string(JOIN " " KCFI_C_LIBRARIES ${c_targets})
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/cmake/modules/KCFIConfig.cmake.in
    ${CMAKE_BINARY_DIR}/lib/cmake/kcfi/KCFIConfig.cmake
    INSTALL_DESTINATION ${package_dir})
  write_basic_package_version_file(
    ${CMAKE_BINARY_DIR}/lib/cmake/kcfi/KCFIConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES
    ${CMAKE_BINARY_DIR}/lib/cmake/kcfi/KCFIConfig.cmake
    ${CMAKE_BINARY_DIR}/lib/cmake/kcfi/KCFIConfigVersion.cmake
    DESTINATION ${package_dir})
  foreach(root ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
    install(DIRECTORY ${root}/include/kcfi ${root}/include/kcfi-c
      DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
      FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.inc" PATTERN "*.def"
      PATTERN "CMakeFiles" EXCLUDE)
  endforeach()
endfunction()
