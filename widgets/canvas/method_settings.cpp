// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/method_settings.h"

#include "widgets/explain/explain_words.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace headlens {

MethodSettings::MethodSettings(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_about(new QLabel)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_about);
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText); // formulas have "<"
    m_about->setForegroundRole(QPalette::PlaceholderText);
    connect(m_selection, &Selection::mapChanged, this, &MethodSettings::follow);
    connect(m_model, &InspectionModel::modelChanged, this, &MethodSettings::follow);
    connect(m_model, &InspectionModel::inputChanged, this, &MethodSettings::askCost);
    connect(m_model->map(), &MethodMap::settingsChanged, this, &MethodSettings::askCost);
    follow();
}

bool MethodSettings::has(const InspectionModel& model, const Selection& selection)
{
    const verbs::MethodInfo* method = model.map()->method(selection.map());
    return method != nullptr && method->refusal.empty() && !method->settings.empty();
}

void MethodSettings::follow()
{
    const bool some = has(*m_model, *m_selection);
    if (!some)
        hide();
    else if (parentWidget() != nullptr)
        show();
    const QString id = some ? m_selection->map() : QString();
    if (id == m_method) return;
    m_method = id;
    qDeleteAll(findChildren<SwitchEditor*>(Qt::FindDirectChildrenOnly));
    if (!some) return;
    for (const verbs::Switch& setting : m_model->map()->method(id)->settings) addEditor(setting);
    describe(0);
    askCost();
}

void MethodSettings::askCost()
{
    if (m_method.isEmpty() || !isVisible()) return; // showEvent() catches up
    verbs::MapQuestion question;
    question.method = m_method.toStdString();
    question.score = m_model->map()->score();
    question.settings = m_model->map()->settings(m_method);
    ask(m_model, verbs::kMapCost, question, this, [this](const verbs::MapCost& cost) { describe(cost.seconds); },
        {.tag = QStringLiteral("map_cost.settings"), .quiet = true, .unanswered = Unanswered::EmptyWhenFailed});
}

void MethodSettings::describe(double seconds)
{
    constexpr double kFelt = 1;
    m_seconds = seconds;
    const verbs::MethodInfo* method = m_model->map()->method(m_method);
    QStringList lines;
    if (method != nullptr && !method->formula.empty()) lines << QString::fromStdString(method->formula);
    if (method != nullptr && !method->source.empty()) lines << methodText(method->source);
    if (seconds > kFelt) lines << tr("Takes about %1").arg(secondsText(seconds));
    m_about->setText(lines.join(QLatin1Char('\n')));
    m_about->setVisible(!lines.isEmpty());
}

void MethodSettings::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    askCost();
}

void MethodSettings::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) describe(m_seconds);
    QWidget::changeEvent(event);
}

void MethodSettings::addEditor(const verbs::Switch& setting)
{
    const QString id = m_method, name = QString::fromStdString(setting.name);
    const SwitchEditor::Access access{[this, id, name] { return m_model->map()->setting(id, name); },
                                      [this, id, name](const QString& value) { m_model->map()->set(id, name, value); },
                                      /*ofModel=*/false};
    auto* editor = new SwitchEditor(access, setting);
    connect(m_model->map(), &MethodMap::settingsChanged, editor, &SwitchEditor::refresh);
    layout()->addWidget(editor);
}

} // namespace headlens
