# SPDX-License-Identifier: GPL-3.0-or-later
# headlens_libtorch: whichever LibTorch this build stands on. HEADLENS_TORCH names a folder with include/ and lib/ (the
# package "torch" of a Python environment, or an unpacked LibTorch, with or without CUDA); empty: the system's package.
#
# The folder is taken as it is, not through its TorchConfig.cmake: that one finds the system's libtorch.so first where both
# are installed, and demands a CUDA toolkit for a CUDA build although nothing here includes a CUDA header.
set(HEADLENS_TORCH "" CACHE PATH "Folder of a LibTorch 2.7 or newer; empty: the system's")
add_library(headlens_libtorch INTERFACE)

if(NOT HEADLENS_TORCH)
  find_package(Torch REQUIRED)
  target_link_libraries(headlens_libtorch INTERFACE ${TORCH_LIBRARIES})
  target_compile_definitions(headlens_libtorch INTERFACE HEADLENS_TORCH_SOURCE="system")
  return()
endif()

foreach(file include/torch/csrc/api/include/torch/version.h lib/libtorch.so lib/libtorch_cpu.so lib/libc10.so)
  if(NOT EXISTS "${HEADLENS_TORCH}/${file}")
    message(FATAL_ERROR "HEADLENS_TORCH=${HEADLENS_TORCH} is no LibTorch: ${file} is missing. Name the folder that holds include/ and lib/.")
  endif()
endforeach()
# The number stands in one or the other, by its age.
file(GLOB versions "${HEADLENS_TORCH}/include/torch/csrc/api/include/torch/version.h" "${HEADLENS_TORCH}/include/torch/headeronly/version.h")
set(lines)
foreach(file IN LISTS versions)
  file(STRINGS "${file}" more REGEX "^#define TORCH_VERSION_M(AJOR|INOR) [0-9]+")
  list(APPEND lines ${more})
endforeach()
string(REGEX MATCH "TORCH_VERSION_MAJOR ([0-9]+)" _ "${lines}")
set(major ${CMAKE_MATCH_1})
string(REGEX MATCH "TORCH_VERSION_MINOR ([0-9]+)" _ "${lines}")
set(HEADLENS_TORCH_VERSION ${major}.${CMAKE_MATCH_1})
if(HEADLENS_TORCH_VERSION VERSION_LESS 2.7) # the first whose std::string is that of Debian's Qt and OpenCV
  message(FATAL_ERROR "LibTorch ${HEADLENS_TORCH_VERSION} in ${HEADLENS_TORCH} is too old: 2.7 or newer is needed.")
endif()

set(folder "${HEADLENS_TORCH}/lib")
target_include_directories(headlens_libtorch SYSTEM INTERFACE "${HEADLENS_TORCH}/include" "${HEADLENS_TORCH}/include/torch/csrc/api/include")
target_compile_definitions(headlens_libtorch INTERFACE HEADLENS_TORCH_SOURCE="${HEADLENS_TORCH}")
# What its libraries need of each other and of NVIDIA's lies beside them and is found at run time.
target_link_options(headlens_libtorch INTERFACE "LINKER:--allow-shlib-undefined" "LINKER:-rpath,${folder}")
target_link_libraries(headlens_libtorch INTERFACE "${folder}/libtorch.so" "${folder}/libtorch_cpu.so" "${folder}/libc10.so")
if(EXISTS "${folder}/libtorch_cuda.so")
  # Nothing of ours names a symbol of theirs, yet without them there is no CUDA.
  target_link_libraries(headlens_libtorch INTERFACE "-Wl,--no-as-needed" "${folder}/libtorch_cuda.so" "${folder}/libc10_cuda.so" "-Wl,--as-needed")
endif()
