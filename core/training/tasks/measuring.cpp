// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/measuring.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {

ForwardOptions ablation(const ModelFacts& facts, const std::vector<AttentionKind>& kinds)
{
    ForwardOptions options = withSwitches({});
    for (int block = 0; block < int(facts.blocks.size()); ++block)
        if (const BlockFacts& one = facts.blocks[std::size_t(block)]; std::ranges::find(kinds, one.kind) != kinds.end())
            for (int head = 0; head < one.heads; ++head) options.ablated.push_back({block, head});
    return options;
}

ForwardOptions withSwitches(const SwitchValues& switches)
{
    ForwardOptions options;
    options.keep = {false, false};
    options.switches = switches;
    return options;
}

ModelInput inputOf(const at::Tensor& pixels)
{
    ModelInput input;
    input.pixels = pixels;
    return input;
}

ModelInput inputOf(const std::vector<std::int64_t>& ids)
{
    ModelInput input;
    input.ids = at::tensor(ids, at::kLong).unsqueeze(0);
    return input;
}

std::vector<std::int64_t> greedy(Writer& writer, const std::vector<std::int64_t>& prompt, std::int64_t end,
                                 std::size_t most)
{
    at::Tensor next = writer.next(inputOf(prompt).ids);
    std::vector<std::int64_t> written;
    while (written.size() < most) {
        const std::int64_t id = next.argmax(-1).item<std::int64_t>();
        if (id == end) break;
        written.push_back(id);
        next = writer.next(at::full({1, 1}, id, at::kLong));
    }
    return written;
}

double accuracy(const TransformerModel& model, const ForwardOptions& options, std::int64_t count,
                const std::function<LabelledPictures(std::int64_t begin)>& draw)
{
    std::int64_t right = 0, seen = 0;
    while (seen < count) {
        const LabelledPictures batch = draw(seen);
        const at::Tensor logits = model.run(inputOf(batch.pixels), options, {}).outputs.at("logits");
        right += logits.argmax(1).eq(batch.labels).sum().item<std::int64_t>();
        seen += batch.labels.size(0);
    }
    return double(right) / double(seen);
}

} // namespace headlens
