// SPDX-License-Identifier: GPL-3.0-or-later
// What LibTorch runs on: threads, BLAS, device. Nothing of torch shows in this header.
#pragma once

#include <cstddef>
#include <string>

namespace headlens {

// Sets the thread count from the CPU affinity mask; must run before the first operator, because LibTorch's own
// default here is one thread. Safe to call again.
void startRuntime();

constexpr int kAloneBytes = 32 << 20; // a larger block is the system's own and goes back to it

int runtimeThreads();
bool cudaAvailable();

// "openblas-openmp", "openblas-pthread", "reference (48 times slower: install libopenblas0-openmp)", "built in" ...
std::string blasName();
std::string torchVersion(); // "1.13.1 (system)", "2.13.0 (/folder/of/torch)"

// "cpu" or "cuda" for the wish "auto", "cpu" or "cuda". Throws Error(DeviceMissing) when cuda is wished and absent.
std::string chooseDevice(const std::string& wish);

// Waits until the device has done what was asked of it, so that a clock tells the truth.
void finishDevice(const std::string& device);

// While it lives, LibTorch's own operators compute on the calling thread alone. For a forward pass on the CPU: what is
// heavy in it is shared out by parallelFor(), and threads of OpenMP that wait (spinning, for milliseconds) for the next
// small operator would take the cores from it.
class SerialOperators {
public:
    SerialOperators();
    ~SerialOperators();
    SerialOperators(const SerialOperators&) = delete;
    SerialOperators& operator=(const SerialOperators&) = delete;
};

// A block that was not touched yet is given in pages of 2 MB where the system has such, if it is large enough: 500
// times fewer faults, and fewer misses when weights are walked through.
void askForLargePages(void* block, std::size_t bytes);

// While it lives, every large allocation stands alone and goes back to the system when it is freed: loading leaves no
// holes between the weights. Afterwards large blocks are kept again, which is faster for what a forward pass needs.
class LoadingMemory {
public:
    LoadingMemory();
    ~LoadingMemory();
    LoadingMemory(const LoadingMemory&) = delete;
    LoadingMemory& operator=(const LoadingMemory&) = delete;
};

} // namespace headlens
