// SPDX-License-Identifier: GPL-3.0-or-later
// A model on disk: a folder with config.json beside its weights, or a single weight file.
#pragma once

#include "core/checkpoint/layouts.h"
#include "core/checkpoint/lora_adapter.h"
#include "core/checkpoint/side_files.h"
#include "core/tensors/stored_linear.h"
#include "core/wire/safe_json.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace headlens {

struct RowRange {
    std::int64_t first = 0, count = 0;
};

class Checkpoint {
public:
    // Throws Error for anything missing, foreign or damaged; allocates no weights yet. `weights`: which copy of them,
    // where there are several: "averaged" (the usual one), "raw", or its name. `names`: tables of architectures, tried
    // before those of this folder. `adapter` changes the weights as they are read.
    static Checkpoint open(const std::string& path, const std::string& weights = {},
                           const std::vector<const LayoutTable*>& names = {}, const AdapterWish& adapter = {});

    const std::string& path() const { return m_path; }
    const std::string& name() const { return m_name; } // folder or file name, for people
    const Layout& layout() const { return m_layout; }
    const std::optional<Json>& config() const { return m_config; }
    const std::optional<Json>& preprocessor() const { return m_preprocessor; }
    // What was chosen or assumed while finding the weights, one sentence each.
    const std::vector<std::string>& assumptions() const { return m_assumptions; }
    const std::optional<AdapterFacts>& adapter() const { return m_adapter; } // on the weights
    // Of sentence-transformers; nothing for other models.
    std::optional<Pooling> pooling() const { return m_pooling; }
    const std::vector<StoredTensor>& tensors() const { return m_container->tensors(); }
    std::vector<std::string> files() const { return m_container->files(); }
    const Container& container() const { return *m_container; }
    bool hasValues() const { return !m_withoutValues; }

    bool has(const std::string& canonical) const { return m_layout.views.contains(canonical); }
    // The shape of a canonical tensor; empty optional when it is absent.
    std::optional<std::vector<std::int64_t>> shapeOf(const std::string& canonical) const;
    // The same checkpoint whose read() gives tensors of the right shape without values (torch's meta device): a model
    // can be built from it to check every name and shape before any memory is taken.
    Checkpoint withoutValues() const;
    // The same checkpoint from which a model gets what `change` makes of every tensor.
    using WeightChange = std::function<at::Tensor(const std::string& canonical, const at::Tensor& weight)>;
    Checkpoint changed(WeightChange change) const;
    const WeightChange& change() const { return m_change; } // empty: none

    // The same checkpoint from which a model takes matrices as they are stored, where it can.
    Checkpoint keeping() const;
    bool keeps() const { return m_kept != nullptr; }
    // What was taken so, by all copies since keeping().
    struct Kept {
        std::int64_t values = 0, bytes = 0;
    };
    Kept kept() const { return m_kept != nullptr ? *m_kept : Kept(); }
    // A matrix (or stack of them, [rows,columns] in all), or the rows `parts` of it one after the other, as it is
    // stored. Nothing where the checkpoint does not keep, where weights are changed, or where the file has the matrix
    // in another form: float32, turned, or without such rows.
    std::optional<StoredMatrix> stored(const std::string& canonical, const std::vector<RowRange>& parts = {}) const;

    // The values as an owned float32 CPU tensor (fp16 and bf16 are widened). Throws Error when absent.
    at::Tensor read(const std::string& canonical) const;

private:
    void putOn(const AdapterWish& adapter);
    void readSideFiles(const std::string& home);
    void chooseLayout(const std::string& weights, const std::vector<const LayoutTable*>& names);
    at::Tensor readPart(std::size_t index, int part, int parts, const std::string& canonical) const;
    std::int64_t partRows(const std::vector<std::int64_t>& shape, int parts, const std::string& canonical) const;

    std::string m_path, m_name;
    std::shared_ptr<Container> m_container;
    Layout m_layout;
    bool m_withoutValues = false;
    std::optional<Json> m_config, m_preprocessor;
    std::vector<std::string> m_assumptions;
    std::optional<AdapterFacts> m_adapter;
    std::optional<Pooling> m_pooling;
    WeightChange m_change;        // empty: none
    std::shared_ptr<Kept> m_kept; // null: everything is widened
};

// Takes tensors by name and shape and remembers every complaint, so that a person reads them together.
class WeightBinder {
public:
    explicit WeightBinder(const Checkpoint& checkpoint, bool allowNonFinite = false)
        : m_checkpoint(checkpoint), m_allowNonFinite(allowNonFinite)
    {
    }

    // Undefined when something is wrong with it (reported by finish()).
    at::Tensor take(const std::string& name, const std::vector<std::int64_t>& shape);
    // As take(), but its absence is fine.
    at::Tensor takeOptional(const std::string& name, const std::vector<std::int64_t>& shape);

    // As take(), of a matrix [out,in] that stays as it is stored (Checkpoint::stored()); `parts`: its rows within the
    // tensor. Null where it cannot, or where anything is wrong with it: then it is for take() to say so.
    std::shared_ptr<const HeldWeights> keep(const std::string& name, const std::vector<std::int64_t>& shape,
                                            const std::vector<RowRange>& parts = {});

    const Checkpoint& checkpoint() const { return m_checkpoint; }
    // Throws Error(BadWeights) that lists missing, misshaped and non-finite tensors together.
    void finish() const;
    // Stored names that nobody took, without those that are computed anew.
    std::vector<std::string> unused() const;

private:
    const Checkpoint& m_checkpoint;
    bool m_allowNonFinite;
    std::vector<std::string> m_missing, m_misshaped, m_nonFinite;
    std::set<std::size_t> m_taken;
};

} // namespace headlens
