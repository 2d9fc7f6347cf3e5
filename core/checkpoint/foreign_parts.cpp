// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/foreign_parts.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace headlens {
namespace {

enum class Stands : std::uint8_t { AtTheEnd, Anywhere };

struct Sign {
    std::string_view piece; // of a stored name
    Stands where;
    const char *what, *remedy;
};

constexpr const char *kPlain = "save the model with plain weights (float32, float16 or bfloat16)",
                     *kMerge = "merge it into the model (merge_and_unload in PEFT) and save that",
                     *kOther = "open a model without it";

// Read in bitsandbytes, optimum-quanto, GPTQ, AWQ, compressed-tensors; loralib, PEFT; the code of VPT, AdaptFormer,
// TimeSformer and CaiT; vit-pytorch, MONAI, OpenMMLab.
constexpr std::array kSigns = std::to_array<Sign>({
    {".SCB", Stands::AtTheEnd, "is quantised (bitsandbytes, 8 bits)", kPlain},
    {".weight_format", Stands::AtTheEnd, "is quantised (bitsandbytes, 8 bits)", kPlain},
    {".absmax", Stands::AtTheEnd, "is quantised (bitsandbytes, 4 bits)", kPlain},
    {".quant_map", Stands::AtTheEnd, "is quantised (bitsandbytes, 4 bits)", kPlain},
    {".quant_state.", Stands::Anywhere, "is quantised (bitsandbytes, 4 bits)", kPlain},
    {".qweight", Stands::AtTheEnd, "is quantised (GPTQ or AWQ)", kPlain},
    {".qzeros", Stands::AtTheEnd, "is quantised (GPTQ or AWQ)", kPlain},
    {".weight_packed", Stands::AtTheEnd, "is quantised (compressed-tensors)", kPlain},
    {".weight_scale_inv", Stands::AtTheEnd, "is quantised (fp8)", kPlain},
    {".weight_scale", Stands::AtTheEnd, "is quantised (8 bits with scales)", kPlain},
    {".weight._data", Stands::AtTheEnd, "is quantised (quanto)", kPlain},
    {".weight._scale", Stands::AtTheEnd, "is quantised (quanto)", kPlain},
    {"lora_", Stands::Anywhere, "holds LoRA factors that are not applied", kMerge},
    {"base_layer.", Stands::Anywhere, "holds an adapter of PEFT that is not applied", kMerge},
    {".W_q", Stands::AtTheEnd, "is quantised (HQQ)", kPlain},
    {".codebooks", Stands::AtTheEnd, "is quantised (AQLM)", kPlain},
    {"_packed_params", Stands::Anywhere, "is quantised (PyTorch's own, 8 bits)", kPlain},
    {"prompt", Stands::Anywhere, "holds prompts, tokens that this version does not add", kOther},
    {"Prompt", Stands::Anywhere, "holds prompts, tokens that this version does not add", kOther},
    {"ssf_scale", Stands::Anywhere, "scales and shifts features (SSF), which this version does not compute", kOther},
    {"shared_rel_pos.", Stands::Anywhere,
     "has relative positions of timm's own kind, which this version does not compute", kOther},
    {".rel_pos.", Stands::Anywhere, "has relative positions of timm's own kind, which this version does not compute",
     kOther},
    {".rel_pos_h", Stands::AtTheEnd,
     "has decomposed relative positions (SAM, MViT), which this version does not compute", kOther},
    {"adaptmlp", Stands::Anywhere, "holds adapters in its blocks, which this version does not compute", kOther},
    {"adapter", Stands::Anywhere, "holds adapters in its blocks, which this version does not compute", kOther},
    {"temporal_", Stands::Anywhere, "attends over time (TimeSformer), which this version does not compute", kOther},
    {"time_embed", Stands::Anywhere, "attends over time (TimeSformer), which this version does not compute", kOther},
    {"to_patch_embedding.", Stands::Anywhere,
     "is a ViT of vit-pytorch (lucidrains), which normalises patches before it projects them", kOther},
    {".mlp.linear1.weight", Stands::AtTheEnd, "is a transformer of MONAI, whose blocks this version does not know",
     kOther},
    {".attn.w_msa.qkv.weight", Stands::AtTheEnd,
     "is a Swin of OpenMMLab, which merges patches in another order than Microsoft's",
     "open Microsoft's or timm's file"},
    {".attn.proj_l.", Stands::Anywhere, "has talking heads (CaiT), which this version does not compute", kOther},
    {".attn.proj_w.", Stands::Anywhere, "has talking heads (CaiT), which this version does not compute", kOther},
});

bool fits(const std::string& name, const Sign& sign)
{
    return sign.where == Stands::AtTheEnd ? name.ends_with(sign.piece) : name.find(sign.piece) != std::string::npos;
}

// Codes in the place of weights, without any of the names above.
bool isCoded(const StoredTensor& tensor)
{
    static constexpr std::array kIntegers{DType::I8,  DType::U8,  DType::I16, DType::U16,
                                          DType::I32, DType::U32, DType::I64};
    return std::ranges::find(kIntegers, tensor.dtype) != kIntegers.end() && tensor.shape.size() >= 2 &&
           tensor.name.ends_with(".weight");
}

bool isInBlock(std::string_view name)
{
    static constexpr std::array<std::string_view, 6> kBlocks{
        "encoder.layer.", "encoder.layers.", "decoder.layer.", "text.layer.", "vision.encoder.layer.", "vision.layer."};
    return std::ranges::any_of(kBlocks, [&](std::string_view block) { return name.starts_with(block); });
}

} // namespace

std::optional<ForeignPart> foreignPartOf(const std::vector<StoredTensor>& tensors)
{
    for (const Sign& sign : kSigns)
        for (const StoredTensor& tensor : tensors)
            if (fits(tensor.name, sign)) return ForeignPart{tensor.name, sign.what, sign.remedy};
    const auto coded = std::ranges::find_if(tensors, isCoded);
    if (coded == tensors.end()) return std::nullopt;
    return ForeignPart{coded->name, "is quantised (integers in the place of weights)", kPlain};
}

std::optional<std::string> unusedInBlock(const Layout& layout, const std::vector<StoredTensor>& tensors,
                                         const std::vector<std::string>& unused)
{
    const std::set<std::string_view> unread(unused.begin(), unused.end());
    for (const auto& [name, view] : layout.views)
        if (isInBlock(name) && unread.contains(tensors[view.index].name)) return tensors[view.index].name;
    return std::nullopt;
}

} // namespace headlens
