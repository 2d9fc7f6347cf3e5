// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/convert.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/file_bytes.h"
#include "core/session/embedded_models.h"
#include "core/session/memory.h"

#include <filesystem>

namespace headlens {

namespace fs = std::filesystem;

std::vector<std::string> convertToSafetensors(const std::string& source, const std::string& target,
                                              const JobControl& control)
{
    if (target.empty()) throw Error(ErrorCode::Usage, "target", "is not named", "name the file to write");
    std::error_code problem;
    const Checkpoint checkpoint = Checkpoint::open(resolveModel(source));
    requireTarget(target, checkpoint.files());
    std::uint64_t bytes = 0;
    for (const StoredTensor& tensor : checkpoint.tensors()) bytes += bytesFor(tensor.shape, tensor.dtype).value_or(0);
    requireMemory(bytes, checkpoint.name(), kUsableShare);
    std::vector<TensorBytes> tensors;
    const int total = int(checkpoint.tensors().size());
    for (int i = 0; i < total; ++i) {
        control.checkpoint(i, total, "convert");
        auto raw = std::make_shared<RawTensor>(checkpoint.container().read(std::size_t(i)));
        tensors.push_back(
            {checkpoint.tensors()[std::size_t(i)].name, raw->dtype, raw->shape, raw, std::span(raw->bytes)});
    }
    const std::string temporary = target + ".tmp";
    writeSafetensors(temporary, tensors, {{"format", "pt"}, {"converted_by", "HeadLens " HEADLENS_VERSION}});
    fs::rename(temporary, target, problem);
    if (!problem) return checkpoint.assumptions();
    fs::remove(temporary, problem);
    throw Error(ErrorCode::WriteFailed, target, "could not be written", "choose another folder or free some space");
}

} // namespace headlens
