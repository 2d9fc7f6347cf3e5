// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the engine one of the questions of core/wire and hands the answer on. For .cpp files: it unpacks messages.
#pragma once

#include "core/wire/packing.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QPointer>

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace headlens {

// `done` hears the answer, unless `context` is gone by then. A waiting question with the same tag (that of its verb,
// where `how` names no other) is replaced by this one.
template <class Ask, class Answer>
void ask(InspectionModel* model, const verbs::Question<Ask, Answer>& question, const std::type_identity_t<Ask>& what,
         QObject* context, std::type_identity_t<std::function<void(Answer)>> done, Asking how = {})
{
    if (!how.tag) how.tag = QLatin1String(question.verb);
    auto take = [context = QPointer(context), done = std::move(done),
                 otherwise = how.unanswered](const Message& message) {
        if (!context) return;
        bool failed = message.status == Status::Failed;
        std::optional<Answer> answer;
        try {
            if (message.status == Status::Done) answer = verbs::unpack<Answer>(message);
        } catch (const Error&) {
            failed = true; // cannot be read: as if there were none
        }
        if (answer)
            done(std::move(*answer));
        else if (otherwise == Unanswered::AlwaysEmpty || (otherwise == Unanswered::EmptyWhenFailed && failed))
            done(Answer());
    };
    model->askEngine(question.verb, what, std::move(take), std::move(how));
}

// A deep copy; null where there is none.
QImage toQImage(const Image8& image);

// What a mechanism holds (verb state), under the name that was asked for; no numbers: the engine has none of that name.
void askState(InspectionModel* model, const QString& name, QObject* context,
              const std::function<void(const verbs::StateTensor&)>& done);

} // namespace headlens
