// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/method_page.h"

#include "widgets/explain/explain_words.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"
#include "widgets/viewmodel/method_text.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace headlens {
namespace {

QString settingsText(const InspectionModel& model, const verbs::MethodInfo& method)
{
    QStringList parts;
    for (const verbs::Switch& one : method.settings) {
        const QString value = model.map()->setting(QString::fromStdString(method.id), QString::fromStdString(one.name));
        parts << MethodPage::tr("%1: %2").arg(
            SwitchEditor::titleOf(one), one.choices.empty() ? value : SwitchEditor::choiceText(value.toStdString()));
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace

MethodPage::MethodPage(InspectionModel* model, Selection* selection, QWidget* parent)
    : QScrollArea(parent), m_model(model), m_selection(selection), m_title(new QLabel), m_words(new QLabel)
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(kGap, kGap, kGap, kGap);
    layout->setSpacing(kGap);
    layout->addWidget(m_title);
    layout->addWidget(m_words);
    layout->addStretch(1);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_words}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // formulas have "<"
    }
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // its words have it
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
    connect(model->sheet(), &MethodSheet::changed, this, &MethodPage::follow);
    connect(m_selection, &Selection::mapChanged, this, &MethodPage::follow);
    connect(model, &InspectionModel::modelChanged, this, &MethodPage::follow);
    follow();
}

QString MethodPage::text() const
{
    return m_title->text() + QLatin1Char('\n') + m_words->text();
}

QStringList MethodPage::linesOf(const verbs::MethodInfo& method) const
{
    QStringList lines{methodText(method.says) + QLatin1Char('.')};
    const auto add = [&lines](const QString& name, const QString& text) {
        if (!text.isEmpty()) lines << tr("%1: %2").arg(name, text);
    };
    add(tr("Formula"), QString::fromStdString(method.formula));
    add(tr("Source"), methodText(method.source));
    add(tr("Settings"), settingsText(*m_model, method));
    if (!method.refusal.empty()) add(tr("Not for this model"), methodText(method.refusal));
    const SheetTile* tile = m_model->sheet()->tile(m_selection->map());
    if (tile == nullptr) return lines;
    if (tile->cost) add(tr("Cost"), costText(*tile->cost));
    if (tile->judged) add(tr("Took"), secondsText(tile->judged->seconds));
    if (!tile->remark.isEmpty()) add(tr("Here"), methodText(tile->remark.toStdString()));
    return lines;
}

void MethodPage::follow()
{
    const verbs::MethodInfo* method = m_model->map()->method(m_selection->map());
    const QString words = method == nullptr ? tr("The canvas shows a row of attention. Choose a method in the sheet.")
                                            : linesOf(*method).join(QStringLiteral("\n\n"));
    m_title->setText(method == nullptr ? tr("Attention") : methodText(method->title));
    if (words != m_words->text()) m_words->setText(words);
    m_words->setAccessibleName(tr("Method"));
}

void MethodPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) follow();
    QScrollArea::changeEvent(event);
}

} // namespace headlens
