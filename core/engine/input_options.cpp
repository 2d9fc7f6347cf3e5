// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/input_options.h"

#include "core/base/colormap.h"
#include "core/base/error.h"
#include "core/checkpoint/container.h"
#include "core/checkpoint/file_bytes.h"
#include "core/engine/remarks.h"
#include "core/wire/changes.h"

#include <charconv>
#include <memory>

namespace headlens {
namespace {

// "3.5": head 5 of block 3.
verbs::HeadAddress addressFrom(const std::string& text)
{
    verbs::HeadAddress address;
    const std::size_t dot = text.find('.');
    const auto number = [&](std::string_view part, int& into) {
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), into);
        return problem == std::errc() && end == part.data() + part.size() && into >= 0;
    };
    if (dot == std::string::npos || !number(std::string_view(text).substr(0, dot), address.layer) ||
        !number(std::string_view(text).substr(dot + 1), address.head))
        throw Error(ErrorCode::Usage, "--silence " + text, "needs the form BLOCK.HEAD, for example 3.5");
    return address;
}

std::string named(const std::string& prefix, const char* name)
{
    return "--" + (prefix.empty() ? "" : prefix + "-") + name;
}

} // namespace

void InputOptions::addTo(CLI::App& command, const std::string& prefix)
{
    command.add_option(named(prefix, "image"), image, "A picture, for models that look at one");
    addWithoutPicture(command, prefix);
}

void InputOptions::addWithoutPicture(CLI::App& command, const std::string& prefix)
{
    command.add_flag(named(prefix, "allow-cut"), request.takesCut,
                     "Show a picture file that ends too early as far as it goes");
    command.add_option(named(prefix, "text"), request.text,
                       "The sentence, the prompt, the source text or the question");
    command.add_flag(named(prefix, "chat"), request.chat,
                     "The text is a question: it goes through the model's chat template");
    command.add_option(named(prefix, "system"), request.system, "Of a chat: what is said first");
    command.add_option(named(prefix, "pair"), request.pair, "A second text (BERT; the text that answers the question)");
    command.add_option(named(prefix, "written"), request.written,
                       "What a decoder has written so far (T5, BART, Marian, BLIP)");
    command.add_option(named(prefix, "candidate"), request.candidates,
                       "One more text to score against the picture (CLIP, SigLIP)");
    command.add_option(named(prefix, "hide"), request.hiddenTokens, "Positions of tokens that nobody may look at");
    command.add_option(named(prefix, "silence"), ablated, "BLOCK.HEAD: this head contributes nothing");
    command.add_option(named(prefix, "change"), changes, "An intervention: " + changeExamples() + " (* is all)");
    command.add_option(named(prefix, "switch"), switches,
                       "NAME=VALUE: turns a part of the model off or up, for example positions=off");
    if (prefix.empty()) {
        command.add_option("--baseline-image", baselineImage, "Of changes that patch: the picture they take it from");
        command.add_option("--baseline-text", baselineText, "Of changes that patch: the text they take it from");
    } else {
        request.cutFrom = request.fit = {}; // as the first input has them
    }
    command.add_option(named(prefix, "cut-from"), request.cutFrom, "Where a text that is too long is cut")
        ->check(CLI::IsMember({"begin", "end"}))
        ->capture_default_str();
    command.add_option(named(prefix, "fit"), request.fit, "trained, squash or native")
        ->check(CLI::IsMember({"trained", "squash", "native"}))
        ->capture_default_str();
}

void InputOptions::addMask(CLI::App& command)
{
    command.add_option("--mask-ratio", request.maskRatio, "Masked autoencoders: share of hidden patches")
        ->check(CLI::Range(0.0, 0.99));
    command.add_option("--mask-seed", request.maskSeed, "Masked autoencoders: which patches")->capture_default_str();
}

void InputOptions::completeFrom(const InputOptions& other)
{
    if (image.empty()) {
        image = other.image;
        request.takesCut = request.takesCut || other.request.takesCut;
    }
    if (request.fit.empty()) request.fit = other.request.fit;
    if (request.cutFrom.empty()) request.cutFrom = other.request.cutFrom;
    if (request.text.empty()) {
        request.text = other.request.text;
        request.chat = request.chat || other.request.chat;
    }
    if (request.system.empty()) request.system = other.request.system;
    if (request.pair.empty()) request.pair = other.request.pair;
    if (request.written.empty()) request.written = other.request.written;
    if (request.candidates.empty()) request.candidates = other.request.candidates;
}

verbs::SetInput InputOptions::asked() const
{
    verbs::SetInput all = request;
    all.name = image;
    for (const std::string& address : ablated) all.ablated.push_back(addressFrom(address));
    for (const std::string& change : changes) all.changes.push_back(changeFrom(change));
    for (const std::string& change : switches) {
        const std::size_t equals = change.find('=');
        if (equals == std::string::npos)
            throw Error(ErrorCode::Usage, "--switch " + change, "needs the form NAME=VALUE, for example positions=off");
        all.switches[change.substr(0, equals)] = change.substr(equals + 1);
    }
    return all;
}

bool InputOptions::isAsTrained() const
{
    return changes.empty() && ablated.empty() && switches.empty() && request.hiddenTokens.empty() &&
           request.maskRatio < 0 && request.maskSeed == 0;
}

void InputOptions::hold(Session& session) const
{
    if (baselineImage.empty() && baselineText.empty()) return;
    InputOptions other = *this;
    if (!baselineImage.empty()) other.image = baselineImage;
    if (!baselineText.empty()) other.request.text = baselineText;
    other.baselineImage.clear();
    other.baselineText.clear();
    other.changes.clear();
    other.ablated.clear();
    other.request.hiddenTokens.clear();
    other.run(session);
    session.hold({});
}

void InputOptions::run(Session& session, const std::vector<TensorBytes>& tensors) const
{
    hold(session);
    const std::string file = image.empty() ? std::string() : readWhole(image, 256U << 20);
    if (file.empty() && !image.empty())
        throw Error(ErrorCode::ImageUnreadable, image, "is empty", "choose another picture");
    const auto picture = std::as_bytes(std::span(file.data(), file.size()));
    if (tensors.empty())
        session.setInput(asked(), picture);
    else
        session.setTensors(tensors, asked(), picture);
    for (const std::string& remark : session.run().info.remarks) say(image + ": " + remark);
    if (session.run().info.cut > 0)
        say(std::to_string(session.run().info.cut) + " tokens of the text did not fit and were cut from its " +
            request.cutFrom);
}

std::vector<TensorBytes> readTensors(const std::string& path)
{
    const auto file = openSafetensors(path);
    std::vector<TensorBytes> tensors;
    for (std::size_t i = 0; i < file->tensors().size(); ++i) {
        auto raw = std::make_shared<const RawTensor>(file->read(i));
        tensors.push_back({file->tensors()[i].name, raw->dtype, raw->shape, raw, raw->bytes});
    }
    return tensors;
}

void addColormapOption(CLI::App& command, std::string& colormap)
{
    std::vector<std::string> names;
    std::string all;
    for (const std::string_view name : colorMapNames()) {
        names.emplace_back(name);
        all += (all.empty() ? "" : ", ") + names.back();
    }
    command.add_option("--colormap", colormap, all)->check(CLI::IsMember(names))->capture_default_str();
}

void addScoreOptions(CLI::App& command, verbs::ScoreChoice& score)
{
    command.add_option("--target", score.target, "Class, token id or answer; -1: the most probable one")
        ->capture_default_str();
    command.add_option("--against", score.against, "Explain how far --target lies before this class or token id")
        ->capture_default_str();
    command.add_option("--token", score.token, "At which token of the predicting text; -1: the usual one")
        ->capture_default_str();
    command.add_option("--of-candidate", score.candidate, "Which of the scored texts (CLIP, SigLIP)")
        ->capture_default_str();
}

void addMethodSettings(CLI::App& command, std::map<std::string, std::string>& settings)
{
    command.add_option_function<std::vector<std::string>>(
        "--param",
        [&settings](const std::vector<std::string>& given) {
            for (const std::string& one : given) {
                const std::size_t equals = one.find('=');
                if (equals == std::string::npos)
                    throw Error(ErrorCode::Usage, "--param " + one, "needs the form KEY=VALUE",
                                "see headlens-cli methods");
                settings[one.substr(0, equals)] = one.substr(equals + 1);
            }
        },
        "KEY=VALUE: a setting of the method (headlens-cli methods)");
}

} // namespace headlens
