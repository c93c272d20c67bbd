# Copies an archive of MLIR's C API and renames the ids of traits in it:
#
#   cmake -D NM=llvm-nm -D OBJCOPY=llvm-objcopy -D INPUT=archive -D OUTPUT=archive
#     -P RenameTraitIds.cmake
#
# An id that the process does not have yet is made of the name of the trait, which
# GCC and clang spell differently. So code of this project has to share the
# variables that hold ids with libMLIR.so, whatever compiled it. In the archives
# these variables are hidden; linked together with ours, they would hide ours. What
# has another name stays apart, and finds the ids by the name that it was compiled
# with, as libMLIR.so was.

execute_process(COMMAND ${NM} --format=just-symbols --quiet ${INPUT}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "_Z(GV)?ZN4mlir6detail14TypeIDResolver[^\n]*" symbols
       "${symbols}")
list(REMOVE_DUPLICATES symbols)
list(TRANSFORM symbols REPLACE "(.+)" "\\1 archive.\\1")
list(JOIN symbols "\n" renames)
file(WRITE ${OUTPUT}.renames "${renames}\n")
execute_process(COMMAND ${OBJCOPY} --redefine-syms=${OUTPUT}.renames
  ${INPUT} ${OUTPUT} COMMAND_ERROR_IS_FATAL ANY)
