// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/asking.h"

namespace headlens {

void askState(InspectionModel* model, const QString& name, QObject* context,
              const std::function<void(const verbs::StateTensor&)>& done)
{
    const auto named = [asked = name.toStdString(), done](verbs::StateTensor state) {
        state.name = asked; // of a failure as well
        done(state);
    };
    ask(model, verbs::kState, {name.toStdString()}, context, named,
        {.tag = QStringLiteral("state.") + name, .quiet = true, .unanswered = Unanswered::EmptyWhenFailed});
}

void generate(InspectionModel* model, const verbs::Generate& how, const std::function<void(const QString&)>& grown,
              const std::function<void(const verbs::Written*)>& done)
{
    if (!model->canAsk()) return done(nullptr);
    const auto take = [done](const Message& answer) {
        if (answer.status != Status::Done) return done(nullptr);
        const auto written = verbs::read<verbs::Written>(answer.body);
        done(&written);
    };
    const auto hear = [grown](const verbs::Progress& step) { grown(QString::fromStdString(step.text)); };
    model->link()->start(EngineLink::Phase::Running, EngineLink::tr("Writing"), verbs::kGenerate.verb, how, take,
                         {.tag = QStringLiteral("generate"), .grown = hear});
}

} // namespace headlens
