// SPDX-License-Identifier: GPL-3.0-or-later
// From addresses in a lesson to what is selected, and back to words: what a link shows, what a "do" step asks for.
#pragma once

#include "core/lesson/address.h"
#include "widgets/viewmodel/selection.h"

#include <QCoreApplication>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headlens {

class LessonPlaces {
    Q_DECLARE_TR_FUNCTIONS(headlens::LessonPlaces)
public:
    // `input` answers the run that is shown, which another one replaces.
    using Input = std::function<const verbs::InputInfo&()>;
    LessonPlaces(const verbs::ModelInfo* model, Input input, Selection* selection)
        : m_model(model), m_input(std::move(input)), m_heads(selection->heads()), m_tokens(selection->tokens()),
          m_emphasis(selection->emphasis())
    {
    }

    void hover(const std::string& address) const; // empty: nothing is pointed at any more
    void choose(const std::string& address) const;
    // The heads that the addresses speak of step forward; empty: all count alike. Where a reveal has moved on to
    // another head, that one does.
    void emphasise(const std::vector<std::string>& addresses, std::optional<HeadPlace> revealed = {}) const;
    // For a tooltip: where the link leads, or why it leads nowhere.
    QString explained(const std::string& text) const;

    // LessonStep::wanted: whether it is chosen, and how to say what should be.
    bool isChosen(const std::map<std::string, std::string>& wanted) const;
    static QString names(const std::map<std::string, std::string>& wanted);
    static QString nameOf(const TokenName& token);

private:
    struct Found {
        Address address;
        TokenPlace row;
        std::optional<TokenPlace> column;
    };
    bool isChosenToken(const std::string& name) const;
    Found find(const std::string& text) const; // an address; throws Error

    const verbs::ModelInfo* m_model;
    Input m_input;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    Emphasis* m_emphasis;
};

} // namespace headlens
