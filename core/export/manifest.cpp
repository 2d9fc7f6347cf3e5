// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/manifest.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

namespace headlens {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestManifest = 1U << 30;

std::string text(const Json& json, int indent)
{
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string partName(Shard shard)
{
    return fmt::format("manifest.{}-of-{}", shard.index, shard.count);
}

std::optional<int> numberIn(std::string_view digits)
{
    int number = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return problem == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

// The part that a file name tells of: manifest.2-of-5.json.
std::optional<Shard> shardOf(const std::string& name)
{
    constexpr std::string_view kBegin = "manifest.", kMiddle = "-of-", kEnd = ".json";
    const std::size_t middle = name.find(kMiddle);
    if (!name.starts_with(kBegin) || !name.ends_with(kEnd) || middle == std::string::npos) return std::nullopt;
    const std::string_view view(name);
    const auto index = numberIn(view.substr(kBegin.size(), middle - kBegin.size()));
    const std::size_t second = middle + kMiddle.size();
    const auto count = numberIn(view.substr(second, view.size() - second - kEnd.size()));
    return index && count && *index >= 1 && *index <= *count ? std::optional(Shard{*index, *count}) : std::nullopt;
}

// One line or file of ours; null where it is torn or another's.
Json parsed(const std::string& bytes)
{
    try {
        return parseJsonObject(bytes, "manifest", {kLargestManifest, 32});
    } catch (const Error&) {
        return nullptr;
    }
}

Json manifestOf(const Json& head, const std::map<std::size_t, Json>& entries, bool numbered)
{
    Json manifest = head;
    manifest["pictures"] = Json::array();
    manifest["failures"] = Json::array();
    for (const auto& [number, entry] : entries) {
        Json listed = entry;
        if (numbered) listed["number"] = number;
        manifest[entry.contains("why") ? "failures" : "pictures"].push_back(std::move(listed));
    }
    return manifest;
}

[[noreturn]] void refuse(const std::string& subject, const std::string& why)
{
    throw Error(ErrorCode::BadRequest, subject, why, "run the missing part again, with the same options, and merge");
}

} // namespace

Shard shardFrom(const std::string& given)
{
    const std::size_t slash = given.find('/');
    const std::string_view view(given);
    const auto index = numberIn(view.substr(0, slash));
    const auto count = slash == std::string::npos ? std::nullopt : numberIn(view.substr(slash + 1));
    if (!index || !count || *count < 1 || *index < 1 || *index > *count)
        throw Error(ErrorCode::Usage, "--shard " + given, "is no part such as 2/5", "count from 1/5 to 5/5");
    return {*index, *count};
}

void writeFileWhole(const std::string& path, const std::string& bytes)
{
    const fs::path temporary = path + ".tmp";
    std::ofstream file(temporary, std::ios::binary);
    file.write(bytes.data(), std::streamsize(bytes.size()));
    file.close();
    std::error_code problem;
    if (file) fs::rename(temporary, path, problem);
    if (!file || problem) {
        fs::remove(temporary, problem);
        throw Error(ErrorCode::WriteFailed, path, "could not be written", "choose another folder or free some space");
    }
}

ManifestJournal::ManifestJournal(std::string folder, Shard shard, Json head, bool resume)
    : m_folder(std::move(folder)), m_journal((fs::path(m_folder) / (partName(shard) + ".jsonl")).string()),
      m_shard(shard), m_head(std::move(head))
{
    if (resume) readEarlier();
    std::string lines = text(m_head, -1);
    for (const auto& [image, entry] : m_earlier) lines += text(entry, -1);
    writeFileWhole(m_journal, lines);
}

void ManifestJournal::remember(const Json& entry)
{
    if (!entry.is_object() || entry.contains("why") || !entry.contains("image") || !entry["image"].is_string()) return;
    m_earlier[entry["image"].get<std::string>()] = entry;
    m_earlier[entry["image"].get<std::string>()].erase("number");
}

// From the manifest of a finished run and the journal of one that was interrupted.
void ManifestJournal::readEarlier()
{
    std::error_code problem;
    const std::string finished = (fs::path(m_folder) / finalName()).string();
    if (fs::exists(finished, problem)) {
        Json manifest = parsed(readWhole(finished, kLargestManifest));
        const Json pictures = manifest.is_object() ? manifest.value("pictures", Json::array()) : Json::array();
        for (const char* list : {"pictures", "failures"})
            if (manifest.is_object()) manifest.erase(list);
        if (manifest == m_head)
            for (const Json& entry : pictures) remember(entry);
    }
    if (!fs::exists(m_journal, problem)) return;
    const std::string earlier = readWhole(m_journal, kLargestManifest);
    bool first = true;
    for (std::size_t begin = 0; begin < earlier.size();) {
        const std::size_t end = earlier.find('\n', begin);
        if (end == std::string::npos) return; // the line that was being written
        const Json line = parsed(earlier.substr(begin, end - begin));
        begin = end + 1;
        if (first && line != m_head) return;
        if (!std::exchange(first, false)) remember(line);
    }
}

bool ManifestJournal::takeEarlier(std::size_t number, const Json& identity)
{
    const auto hit = m_earlier.find(identity.value("image", ""));
    if (hit == m_earlier.end() || !hit->second.contains("files")) return false;
    for (const auto& [key, value] : identity.items())
        if (hit->second.value(key, Json()) != value) return false; // another picture, or figures of another name
    std::error_code problem;
    for (const Json& file : hit->second["files"])
        if (!file.is_object() || !file.contains("file") || !file["file"].is_string() ||
            !fs::exists(fs::path(m_folder) / file["file"].get<std::string>(), problem))
            return false;
    m_entries[number] = hit->second; // its line is in the journal already
    return true;
}

void ManifestJournal::add(std::size_t number, Json entry)
{
    std::ofstream file(m_journal, std::ios::binary | std::ios::app);
    file << text(entry, -1) << std::flush;
    if (!file)
        throw Error(ErrorCode::WriteFailed, m_journal, "could not be written",
                    "free some space and go on with --resume");
    m_entries[number] = std::move(entry);
}

std::string ManifestJournal::finalName() const
{
    return m_shard.count == 1 ? "manifest.json" : partName(m_shard) + ".json";
}

std::size_t ManifestJournal::pictures() const
{
    std::size_t count = 0;
    for (const auto& [number, entry] : m_entries) count += entry.contains("why") ? 0 : 1;
    return count;
}

void ManifestJournal::finish()
{
    const std::string manifest = text(manifestOf(m_head, m_entries, /*numbered=*/m_shard.count > 1), 2);
    writeFileWhole((fs::path(m_folder) / finalName()).string(), manifest);
    std::error_code problem;
    fs::remove(m_journal, problem); // the manifest says the same
}

std::size_t mergeManifests(const std::string& folder)
{
    std::map<int, std::string> parts;
    int count = 0;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        const auto shard = shardOf(entry.path().filename().string());
        if (!shard) continue;
        if (count != 0 && shard->count != count)
            refuse(folder, fmt::format("holds parts of two splits, in {} and in {}", count, shard->count));
        count = shard->count;
        parts[shard->index] = entry.path().string();
    }
    if (problem || parts.empty()) refuse(folder, "holds no manifest of a part");
    Json head;
    std::map<std::size_t, Json> entries;
    for (int index = 1; index <= count; ++index) {
        if (!parts.contains(index)) refuse(folder, fmt::format("lacks part {} of {}", index, count));
        Json part = parsed(readWhole(parts[index], kLargestManifest));
        if (!part.is_object() || !part["pictures"].is_array() || !part["failures"].is_array())
            refuse(parts[index], "is no manifest of a part");
        for (const char* kind : {"pictures", "failures"}) {
            for (Json& entry : part[kind]) {
                if (!entry.is_object() || !entry["number"].is_number_unsigned())
                    refuse(parts[index], "is no manifest of a part");
                const auto number = entry["number"].get<std::size_t>();
                entry.erase("number");
                if (!entries.emplace(number, std::move(entry)).second)
                    refuse(parts[index], "lists a picture that another part lists");
            }
            part.erase(kind);
        }
        if (index > 1 && part != head) refuse(parts[index], "was made with other settings than part 1");
        head = std::move(part);
    }
    writeFileWhole((fs::path(folder) / "manifest.json").string(), text(manifestOf(head, entries, false), 2));
    return entries.size();
}

} // namespace headlens
