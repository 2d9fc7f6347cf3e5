// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notices.h"

#include "core/base/error.h"
#include "widgets/common/message_bar.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/error_text.h"
#include "widgets/viewmodel/inspection_model.h"

namespace headlens {

Notices::Notices(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.model->link(), &EngineLink::notice, this, [this](EngineLink::Level level, const QString& text) {
        m_parts.messages->say(MessageBar::Kind(int(level)), text.trimmed());
    });
    connect(m_parts.model->link(), &EngineLink::failed, this, &Notices::onFailure);
    connect(m_parts.model->comparison(), &Comparison::changed, this, &Notices::onComparison);
    connect(m_parts.model, &InspectionModel::inputChanged, this, &Notices::onInput);
}

void Notices::onFailure(const verbs::Failure& failure)
{
    const ErrorCode code = errorCodeFrom(failure.code);
    if (code == ErrorCode::ImageCut) return offerCutPicture(failure);
    m_parts.messages->say(MessageBar::Kind::Problem, errorText(failure));
    if (code == ErrorCode::ImageUnreadable || code == ErrorCode::ImageTooLarge)
        Q_EMIT pictureUnreadable(QString::fromStdString(failure.subject));
}

// It stays in the strip, where it can be chosen again.
void Notices::offerCutPicture(const verbs::Failure& failure)
{
    const QString name = QString::fromStdString(failure.subject);
    m_parts.strip->select(QString::fromStdString(m_parts.model->input().name));
    m_parts.messages->offer(MessageBar::Kind::Problem, errorText(failure), tr("Look all the same"), [this, name] {
        m_parts.model->wishes()->acceptCut(name);
        m_parts.strip->choose(name);
    });
}

QString Notices::differs()
{
    return tr("This run has other layers, heads or tokens than the baseline, so it is shown as it is.");
}

void Notices::onComparison()
{
    const Comparison* comparison = m_parts.model->comparison();
    if (!comparison->holds() || comparison->isOn()) m_parts.messages->withdraw(differs());
    if (comparison->holds())
        m_parts.messages->say(
            MessageBar::Kind::Info,
            tr("This run is the baseline now. Change the text, the picture, a word or a head: maps of "
               "attention show the difference to it, blue for less, red for more. Shift+H lets go."));
}

void Notices::onInput()
{
    const InspectionModel& model = *m_parts.model;
    if (!model.hasInput()) return;
    if (model.comparison()->holds() && !model.comparison()->isOn())
        m_parts.messages->say(MessageBar::Kind::Warning, differs());
    else
        m_parts.messages->withdraw(differs());
}

} // namespace headlens
