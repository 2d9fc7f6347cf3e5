// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises whose names a checkpoint uses and maps them to the names the models ask for: those of Hugging Face's ViT
// and Swin. The tables are in layout_tables.cpp: a new layout is one more of them.
#pragma once

#include "core/checkpoint/container.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

// Where a canonical tensor is found: the whole stored tensor, or one of several equal blocks of its rows (query, key
// and value of a fused projection; gate and value of a gated MLP).
struct TensorView {
    std::size_t index = 0;
    int part = 0, parts = 1;
    // Stored with its inputs first: [in,out] (GPT-2, OpenAI's projections), and in Flax kernels [height,width,in,out],
    // query, key and value [in,heads,width], what joins the heads [heads,width,out]. Parts are counted after turning.
    bool transposed = false;
};

struct Layout {
    std::string name = "Hugging Face"; // "timm", "facebook", "torchvision", "Microsoft", "Flax", "OpenMMLab", "nanoGPT"
    bool isKnown = false;              // some table's names; otherwise the stored ones
    std::string prefix;                // what stood before every name: "teacher.backbone.", "vit.", ...
    std::vector<std::string> otherPrefixes;  // of further copies of the network, which are not read
    std::map<std::string, TensorView> views; // canonical name -> place
    std::vector<std::string> assumptions;    // what the names do not say outright
    std::set<std::size_t> buffers;           // stored, but computed anew: indices, masks, counters
};

struct LayoutTable;

// Never fails: names that nothing is known about stay as they are. `weights`: which copy, as preferenceFor() takes it.
// `more`: tables that are tried before those of this folder.
Layout recogniseLayout(const std::vector<StoredTensor>& tensors, const std::string& weights = {},
                       const std::vector<const LayoutTable*>& more = {});

// One line of a table. In `from`, # stands for a number and a final * for the rest of the name; in `to`, $1 and $2 are
// the numbers ($1- one less) and * the rest; a final ^ says that it is stored the other way round
// (TensorView::transposed).
struct Rename {
    std::string_view from, to;
};

// The name by the first line that fits; the name itself when none does.
std::string renamed(const std::string& name, std::span<const Rename> table);

struct LayoutTable {
    const char* name;
    std::string_view anchor;       // a tensor that only this layout has; whatever stands before it is the prefix
    std::span<const Rename> names; // of the whole network
    std::span<const Rename> parts; // of one block, applied behind "layer.N." or "blocks.N."
    std::span<const Rename> newer; // tried before `names` where the newer form of the layout is recognised
};

const std::vector<LayoutTable>& layoutTables();
const std::vector<LayoutTable>& textLayoutTables(); // of models that read text, alone or beside pictures; tried first
// True for what checkpoints store beside their weights and nobody needs.
bool isBuffer(std::string_view name);

} // namespace headlens
