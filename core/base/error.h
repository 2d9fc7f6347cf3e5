// SPDX-License-Identifier: GPL-3.0-or-later
// The one error type of HeadLens: a code the window can translate, and the facts a person needs.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace headlens {

enum class ErrorCode : std::uint8_t {
    Usage,            // the command line is at fault
    FileMissing,      // nothing stands at that path
    PartMissing,      // a folder without weights, a model without a tokenizer
    FileUnreadable,   // permission, device, read error
    WrongContent,     // the file is something else (HTML, Git-LFS pointer, zip, GGUF, ...)
    Truncated,        // shorter than it says
    BadHeader,        // safetensors, pickle or JSON structure broken
    BadConfig,        // config.json or preprocessor_config.json lies
    UnsupportedModel, // read well, but not an architecture we know
    BadWeights,       // missing, misshaped or non-finite tensors
    ImageUnreadable,
    ImageTooLarge,
    ImageCut, // ends too early, but can be shown as far as it goes
    NotEnoughMemory,
    DeviceMissing,
    Cancelled,
    NothingOpen, // a question about a model or a picture that is not there
    BadRequest,  // a frame or a field of a frame is out of range
    WriteFailed,
    Internal,
};

// Stable name for the wire ("wrong_content") and back; an unknown name reads as Internal.
std::string_view nameOf(ErrorCode code);
ErrorCode errorCodeFrom(std::string_view name);

// Exit status of the command line: 1 the input, 2 the command line, 3 a fault of ours.
int exitStatusOf(ErrorCode code);

// `subject` is the file or thing, `why` what is wrong with it, `remedy` what to do (may be empty).
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, std::string subject, std::string why, std::string remedy = {});

    ErrorCode code() const { return m_code; }
    const std::string& subject() const { return m_subject; }
    const std::string& why() const { return m_why; }
    const std::string& remedy() const { return m_remedy; }

private:
    ErrorCode m_code;
    std::string m_subject, m_why, m_remedy;
};

} // namespace headlens
