// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/adapter_keys.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace headlens {
namespace {

using Half = AdapterKey::Half;

std::vector<std::string_view> partsOf(std::string_view name)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t dot = name.find('.');
        parts.push_back(name.substr(0, dot));
        if (dot == std::string_view::npos) return parts;
        name.remove_prefix(dot + 1);
    }
}

bool isNumber(std::string_view part)
{
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
}

// Where the end of a name begins that says which tensor of a network it is: before the first numbered layer, else the
// last two parts.
std::size_t endOf(std::string_view name)
{
    const std::vector<std::string_view> parts = partsOf(name);
    const auto beginOf = [&](std::size_t part) { return std::size_t(parts[part].data() - name.data()); };
    for (std::size_t i = 1; i < parts.size(); ++i)
        if (isNumber(parts[i])) return beginOf(i - 1);
    return parts.size() > 1 ? beginOf(parts.size() - 2) : 0;
}

// How many parts of one beginning stand in the other as well.
std::size_t sharedParts(std::string_view one, std::string_view other)
{
    const std::vector<std::string_view> known = partsOf(other);
    return std::size_t(std::ranges::count_if(partsOf(one), [&](std::string_view part) {
        return !part.empty() && std::ranges::find(known, part) != known.end();
    }));
}

// Takes `piece` out of the name wherever it stands as a whole part.
void without(std::string& name, std::string_view piece)
{
    for (std::size_t at = name.find(piece); at != std::string::npos; at = name.find(piece, at))
        if (at == 0 || name[at - 1] == '.')
            name.erase(at, piece.size());
        else
            at += piece.size();
}

} // namespace

AdapterKey adapterKeyOf(const std::string& name)
{
    std::string rest = name;
    constexpr std::string_view kWrapper = "base_model.model.";
    if (rest.starts_with(kWrapper)) rest.erase(0, kWrapper.size());
    struct Mark {
        std::string_view piece;
        Half half;
    };
    static constexpr std::array<Mark, 4> kMarks{{{".lora_embedding_A", Half::EmbeddingDown},
                                                 {".lora_embedding_B", Half::EmbeddingUp},
                                                 {".lora_A", Half::Down},
                                                 {".lora_B", Half::Up}}};
    for (const Mark& mark : kMarks) {
        const std::size_t at = rest.find(mark.piece);
        if (at == std::string::npos) continue;
        // Behind it the name of the adapter may stand ("default"), which is not that of a bias.
        const std::string_view behind = std::string_view(rest).substr(at + mark.piece.size());
        const bool isPlain = behind.empty() || (behind.starts_with('.') && !behind.ends_with(".bias"));
        return {rest.substr(0, at), isPlain ? mark.half : Half::Unknown};
    }
    if (rest.find("lora_") != std::string::npos || rest.find("token_adapter.") != std::string::npos)
        return {rest, Half::Unknown};
    if (rest.find("original_module.") != std::string::npos) return {rest, Half::Ignored};
    without(rest, "modules_to_save.default.");
    without(rest, "modules_to_save.");
    without(rest, "base_layer.");
    return {rest, Half::Whole};
}

BaseNames::BaseNames(const std::vector<std::string>& names) : m_names(names)
{
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        m_whole.emplace(m_names[i], i);
        m_ends[m_names[i].substr(endOf(m_names[i]))].push_back(i);
    }
}

std::optional<std::size_t> BaseNames::find(const std::string& name) const
{
    if (const auto hit = m_whole.find(name); hit != m_whole.end()) return hit->second;
    const std::size_t end = endOf(name);
    const auto hit = m_ends.find(name.substr(end));
    constexpr std::size_t kMostAlike = 64; // towers of one network
    if (hit == m_ends.end() || hit->second.size() > kMostAlike) return std::nullopt;
    std::optional<std::size_t> best;
    std::size_t most = 0;
    bool isAlone = false;
    for (const std::size_t index : hit->second) {
        const std::string_view known = m_names[index];
        const std::size_t shared = sharedParts(std::string_view(name).substr(0, end), known.substr(0, endOf(known)));
        if (best && shared < most) continue;
        isAlone = !best || shared > most;
        most = shared;
        best = index;
    }
    return isAlone ? best : std::nullopt;
}

} // namespace headlens
