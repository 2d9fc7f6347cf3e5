// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the engine one of the questions of core/wire and hands the answer on. For .cpp files: it unpacks messages.
#pragma once

#include "core/base/error.h"
#include "core/wire/packing.h"
#include "widgets/viewmodel/engine_link.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QPointer>

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace headlens {

// What becomes of a question that gets no answer.
enum class Unanswered { Silent, EmptyWhenFailed, AlwaysEmpty }; // an empty answer; always: also where it was cancelled

struct Asking {
    enum class About { Run, Model, Nothing };
    About about = About::Run;        // what must be there; without it nothing is asked
    std::optional<QString> tag = {}; // a waiting request with the same tag is replaced; empty: none ever is
    bool quiet = false;              // a failure is not told in the window
    Unanswered unanswered = Unanswered::Silent;
    std::vector<TensorBytes> tensors = {}; // that go with the question
};

// `done` hears the answer, unless `context` is gone by then. A waiting question with the same tag (that of its verb,
// where `how` names no other) is replaced by this one.
template <class Ask, class Answer>
void ask(EngineLink* link, const verbs::Question<Ask, Answer>& question, const std::type_identity_t<Ask>& what,
         QObject* context, std::type_identity_t<std::function<void(Answer)>> done, Asking how = {})
{
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
    link->ask(question.verb, what, std::move(take),
              {how.tag.value_or(QLatin1String(question.verb)), how.quiet, std::move(how.tensors)});
}

// The same about the run or the model that is shown: not asked while the engine holds another.
template <class Ask, class Answer>
void ask(InspectionModel* model, const verbs::Question<Ask, Answer>& question, const std::type_identity_t<Ask>& what,
         QObject* context, std::type_identity_t<std::function<void(Answer)>> done, Asking how = {})
{
    if (how.about == Asking::About::Run && !model->canAsk()) return;
    if (how.about == Asking::About::Model && !model->loader()->canAsk()) return;
    ask(model->link(), question, what, context, std::move(done), std::move(how));
}

// What a mechanism holds (verb state), under the name that was asked for; no numbers: the engine has none of that name.
void askState(InspectionModel* model, const QString& name, QObject* context,
              const std::function<void(const verbs::StateTensor&)>& done);

// Lets the model write. `grown` hears the text after every token, `done` the end: null where it failed or was
// cancelled.
void generate(InspectionModel* model, const verbs::Generate& how, const std::function<void(const QString&)>& grown,
              const std::function<void(const verbs::Written*)>& done);

} // namespace headlens
