// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/runtime.h"

#include "core/base/error.h"
#include "core/kernels/workers.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/version.h>

#include <fstream>
#include <mutex>

#include <dlfcn.h>
#include <sys/mman.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace headlens {
namespace {

// How many threads LibTorch's operators use when the calling thread calls them. at::set_num_threads() would do it for
// all threads and start a pool anew whose threads spin for milliseconds; OpenMP is asked directly, the one that
// LibTorch came with.
void setOperatorThreads(int threads)
{
    using SetThreads = void (*)(int);
    static const auto kSet = reinterpret_cast<SetThreads>(::dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    if (kSet != nullptr) kSet(threads);
}

thread_local int t_serial = 0; // SerialOperators of this thread within each other

// Blocks that a forward pass frees stay with the process: the next pass finds them without a page fault. Tensors
// above the limit (glibc's own largest) come and go alone.
void keepFreedBlocks()
{
#ifdef __GLIBC__
    constexpr int kKept = 1 << 30;
    ::mallopt(M_MMAP_THRESHOLD, kAloneBytes);
    ::mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

} // namespace

void startRuntime()
{
    static std::once_flag once;
    std::call_once(once, [] {
        // Through torch, not OpenMP: torch would set OpenMP back to its own default at its first operator.
        at::set_num_threads(workerThreads());
        // Pictures must not depend on the card: TF32 changes maps by up to 1e-3.
        at::globalContext().setAllowTF32CuBLAS(false);
        at::globalContext().setAllowTF32CuDNN(false);
        keepFreedBlocks();
        onWorkerStart([] { setOperatorThreads(1); }); // they are all at work already
    });
}

int runtimeThreads()
{
    return workerThreads();
}

bool cudaAvailable()
{
    return at::hasCUDA();
}

std::string torchVersion()
{
    return TORCH_VERSION " (" HEADLENS_TORCH_SOURCE ")";
}

std::string blasName()
{
    if (at::globalContext().hasMKL()) return "MKL";
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        if (line.find("openblas-openmp") != std::string::npos) return "openblas-openmp";
        if (line.find("openblas-pthread") != std::string::npos) return "openblas-pthread";
        if (line.find("/blas/libblas.so") != std::string::npos)
            return "reference (about 50 times slower: install libopenblas0-openmp)";
    }
    return "built in";
}

std::string chooseDevice(const std::string& wish)
{
    if (wish == "cpu") return "cpu";
    if (wish == "auto") return cudaAvailable() ? "cuda" : "cpu";
    if (wish != "cuda") throw Error(ErrorCode::Usage, "device", "\"" + wish + "\" is not auto, cpu or cuda");
    if (!cudaAvailable())
        throw Error(ErrorCode::DeviceMissing, "cuda", "no CUDA device can be used by this build of LibTorch",
                    "choose auto or cpu");
    return "cuda";
}

void finishDevice(const std::string& device)
{
    if (device == "cpu") return;
    const at::Device chosen(device);
    const c10::impl::VirtualGuardImpl guard(chosen.type());
    guard.getStream(chosen).synchronize();
}

SerialOperators::SerialOperators()
{
    if (t_serial++ == 0) setOperatorThreads(1);
}

SerialOperators::~SerialOperators()
{
    if (--t_serial == 0) setOperatorThreads(workerThreads());
}

void askForLargePages(void* block, std::size_t bytes)
{
#ifdef MADV_HUGEPAGE
    constexpr std::uintptr_t kPage = 4096, kLarge = 2 << 20;
    const auto begin = (reinterpret_cast<std::uintptr_t>(block) + kPage - 1) / kPage * kPage;
    if (bytes >= kLarge) ::madvise(reinterpret_cast<void*>(begin), bytes - kPage, MADV_HUGEPAGE);
#endif
}

LoadingMemory::LoadingMemory()
{
#ifdef __GLIBC__
    constexpr int kAlone = 256 << 10;
    ::mallopt(M_MMAP_THRESHOLD, kAlone);
#endif
}

LoadingMemory::~LoadingMemory()
{
#ifdef __GLIBC__
    keepFreedBlocks();
    ::malloc_trim(0);
#endif
}

} // namespace headlens
