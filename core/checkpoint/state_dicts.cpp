// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/state_dicts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

namespace headlens {
namespace {

constexpr int kDeepest = 6;
constexpr std::size_t kMostDicts = 48;

// Walks everything that can hold a dictionary of tensors.
class Finder {
public:
    explicit Finder(const pickle::Document& document) : m_document(document) {}
    std::vector<StateDict> find()
    {
        visit(m_document.root, {}, 0);
        return std::move(m_found);
    }

private:
    void visit(pickle::Ref ref, const std::string& path, int depth)
    {
        if (depth > kDeepest) return;
        const pickle::Value& value = m_document.values[ref];
        if (const auto* dict = std::get_if<pickle::Dict>(&value)) return visitDict(*dict, path, depth);
        if (const auto* list = std::get_if<pickle::List>(&value)) return visitItems(list->items, path, depth);
        if (const auto* tuple = std::get_if<pickle::Tuple>(&value)) visitItems(tuple->items, path, depth);
    }
    void visitDict(const pickle::Dict& dict, const std::string& path, int depth)
    {
        StateDict own{path, {}};
        for (const auto& [key, value] : dict.items) {
            const auto* name = std::get_if<std::string>(&m_document.values[key]);
            if (name == nullptr) continue; // the state of an optimizer counts its parameters
            if (const auto* tensor = std::get_if<pickle::Tensor>(&m_document.values[value]))
                own.tensors.emplace_back(*name, tensor);
            else
                visit(value, path.empty() ? *name : path + "." + *name, depth + 1);
        }
        if (!own.tensors.empty()) add(std::move(own));
    }
    void visitItems(const std::vector<pickle::Ref>& items, const std::string& path, int depth)
    {
        constexpr std::size_t kMostItems = 64;
        for (std::size_t i = 0; i < std::min(kMostItems, items.size()); ++i)
            visit(items[i], (path.empty() ? "" : path + ".") + std::to_string(i), depth + 1);
    }
    void add(StateDict found)
    {
        m_found.push_back(std::move(found));
        if (m_found.size() > kMostDicts)
            m_found.erase(std::ranges::min_element(m_found, {}, [](const StateDict& d) { return d.tensors.size(); }));
    }

    const pickle::Document& m_document;
    std::vector<StateDict> m_found;
};

// "state_dict_ema" is state, dict, ema.
bool hasWord(std::string_view name, std::string_view word)
{
    const auto isPart = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isPart(name[at - 1])) && (end == name.size() || !isPart(name[end]))) return true;
    }
    return false;
}

} // namespace

std::vector<StateDict> stateDictsOf(const pickle::Document& document)
{
    return Finder(document).find();
}

bool isAverage(std::string_view name)
{
    static constexpr std::array<std::string_view, 12> kWords{"ema",    "teacher",  "swa",       "average",
                                                             "target", "averaged", "shadow",    "momentum",
                                                             "polyak", "modelEma", "encoder_k", "avg"};
    return std::ranges::any_of(kWords, [&](std::string_view word) { return hasWord(name, word); });
}

int preferenceFor(std::string_view copy, std::string_view wish)
{
    const bool average = isAverage(copy), named = !wish.empty() && wish != "raw" && wish != "averaged";
    if (named) return copy == wish || (copy.ends_with('.') && copy.substr(0, copy.size() - 1) == wish) ? 0 : 3;
    static constexpr std::array<std::string_view, 4> kOptimizer{"exp_avg", "momentum_buffer", "optimizer", "grad"};
    constexpr int kLast = 4; // as many tensors as the network, but of its training
    if (std::ranges::any_of(kOptimizer,
                            [&](std::string_view part) { return copy.find(part) != std::string_view::npos; }))
        return kLast;
    if (wish == "raw") return average ? 2 : 0;
    if (average) return 0;
    return hasWord(copy, "student") ? 2 : 1;
}

} // namespace headlens
