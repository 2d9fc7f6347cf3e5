// SPDX-License-Identifier: GPL-3.0-or-later
// What LibTorch runs on: threads, BLAS, device. Nothing of torch shows in this header.
#pragma once

#include <string>

namespace headlens {

// Sets the thread count from the CPU affinity mask; must run before the first operator, because LibTorch's own
// default here is one thread (design.md section 4). Safe to call again.
void startRuntime();

int runtimeThreads();
bool cudaAvailable();

// "openblas-openmp", "openblas-pthread", "reference (48 times slower: install libopenblas0-openmp)", "built in" ...
std::string blasName();
std::string torchVersion();

// "cpu" or "cuda" for the wish "auto", "cpu" or "cuda". Throws Error(DeviceMissing) when cuda is wished and absent.
std::string chooseDevice(const std::string& wish);

} // namespace headlens
