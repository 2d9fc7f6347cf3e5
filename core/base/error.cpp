// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace headlens {
namespace {

constexpr std::array<std::pair<ErrorCode, std::string_view>, 20> kNames{{
    {ErrorCode::Usage, "usage"},
    {ErrorCode::FileMissing, "file_missing"},
    {ErrorCode::PartMissing, "part_missing"},
    {ErrorCode::FileUnreadable, "file_unreadable"},
    {ErrorCode::WrongContent, "wrong_content"},
    {ErrorCode::Truncated, "truncated"},
    {ErrorCode::BadHeader, "bad_header"},
    {ErrorCode::BadConfig, "bad_config"},
    {ErrorCode::UnsupportedModel, "unsupported_model"},
    {ErrorCode::BadWeights, "bad_weights"},
    {ErrorCode::ImageUnreadable, "image_unreadable"},
    {ErrorCode::ImageTooLarge, "image_too_large"},
    {ErrorCode::ImageCut, "image_cut"},
    {ErrorCode::NotEnoughMemory, "not_enough_memory"},
    {ErrorCode::DeviceMissing, "device_missing"},
    {ErrorCode::Cancelled, "cancelled"},
    {ErrorCode::NothingOpen, "nothing_open"},
    {ErrorCode::BadRequest, "bad_request"},
    {ErrorCode::WriteFailed, "write_failed"},
    {ErrorCode::Internal, "internal"},
}};

// A message must stay one line and printable whatever stood in the file it quotes.
std::string oneLine(std::string text)
{
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    constexpr std::size_t kLongest = 600;
    if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
    return text;
}

std::string sentence(const std::string& subject, const std::string& why, const std::string& remedy)
{
    std::string text = subject.empty() ? why : subject + ": " + why;
    if (!remedy.empty()) text += "; " + remedy;
    return text;
}

} // namespace

std::string_view nameOf(ErrorCode code)
{
    const auto* hit = std::ranges::find(kNames, code, [](const auto& entry) { return entry.first; });
    return hit == kNames.end() ? "internal" : hit->second;
}

ErrorCode errorCodeFrom(std::string_view name)
{
    const auto* hit = std::ranges::find(kNames, name, [](const auto& entry) { return entry.second; });
    return hit == kNames.end() ? ErrorCode::Internal : hit->first;
}

int exitStatusOf(ErrorCode code)
{
    if (code == ErrorCode::Usage) return 2;
    return code == ErrorCode::Internal ? 3 : 1;
}

Error::Error(ErrorCode code, std::string subject, std::string why, std::string remedy)
    : std::runtime_error(oneLine(sentence(subject, why, remedy))), m_code(code), m_subject(oneLine(std::move(subject))),
      m_why(oneLine(std::move(why))), m_remedy(oneLine(std::move(remedy)))
{
}

} // namespace headlens
