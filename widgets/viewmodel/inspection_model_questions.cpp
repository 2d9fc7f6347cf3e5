// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/asking.h"

namespace headlens {

void InspectionModel::askEngine(const char* verb, const Json& body, std::function<void(const Message&)> done,
                                Asking how)
{
    const bool model = hasModel() && !m_again && m_engine->isReady();
    if (how.about == Asking::About::Run && !canAsk()) return;
    if (how.about == Asking::About::Model && !model) return;
    ask(verb, body, std::move(done), how.tag.value_or(QString()), std::move(how.tensors), how.quiet);
}

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

// In the format that paints fastest: RGB888 would be converted again in every frame.
QImage toQImage(const Image8& image)
{
    if (image.empty() || image.channels != 3) return {};
    const QImage shared(image.pixels.data(), image.width, image.height, qsizetype(image.width) * 3,
                        QImage::Format_RGB888);
    return shared.convertToFormat(QImage::Format_RGB32);
}

} // namespace headlens
