// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_prediction.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>

#include <algorithm>

namespace headlens {

LessonPrediction::LessonPrediction(QWidget* parent)
    : QWidget(parent), m_rows(new QGridLayout(this)), m_verdict(new QLabel(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setColumnStretch(1, 1);
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
}

void LessonPrediction::setState(const QStringList& choices, int chosen, std::optional<int> right)
{
    m_choices = choices;
    m_chosen = chosen;
    m_right = right;
    if (int(m_buttons.size()) != choices.size()) makeRows();
    tell();
}

// Buttons do not break their text: a number to press, and the choice beside it in as many lines as it needs.
void LessonPrediction::makeRows()
{
    for (QPushButton* button : m_buttons) button->deleteLater();
    for (QLabel* name : m_names) name->deleteLater();
    m_buttons.clear();
    m_names.clear();
    m_rows->removeWidget(m_verdict);
    for (int i = 0; i < m_choices.size(); ++i) {
        auto* button = new QPushButton(this);
        button->setMaximumWidth(button->fontMetrics().averageCharWidth() * 7);
        auto* name = new QLabel(this);
        name->setWordWrap(true);
        name->setTextFormat(Qt::PlainText);
        name->installEventFilter(this);
        connect(button, &QPushButton::clicked, this, [this, i] { choose(i); });
        m_rows->addWidget(button, i, 0, Qt::AlignTop);
        m_rows->addWidget(name, i, 1);
        m_buttons.push_back(button);
        m_names.push_back(name);
    }
    m_rows->addWidget(m_verdict, int(m_choices.size()), 0, 1, 2);
    Q_EMIT grown();
}

void LessonPrediction::choose(int index)
{
    if (m_chosen >= 0 || index < 0 || index >= m_choices.size()) return; // one does not predict what one has seen
    Q_EMIT chosen(index);
}

QString LessonPrediction::verdict() const
{
    if (m_chosen < 0) return {};
    if (!m_right) return tr("You chose %1. The answer is being computed …").arg(m_chosen + 1);
    if (*m_right < 0)
        return tr("You chose %1. For this input none of the answers can be told right.").arg(m_chosen + 1);
    if (*m_right == m_chosen) return tr("✓ Right: %1").arg(m_choices.value(m_chosen));
    return tr("✗ You chose %1, but the right answer is: %2")
        .arg(QString::number(m_chosen + 1), m_choices.value(*m_right));
}

void LessonPrediction::tell()
{
    for (int i = 0; i < int(m_buttons.size()); ++i) {
        const bool judged = m_chosen >= 0 && m_right.has_value() && *m_right >= 0;
        const bool isRight = judged && *m_right == i, isChosen = m_chosen == i;
        QString words = m_choices[i];
        if (isRight)
            words = isChosen ? tr("✓ %1 (your choice, right)").arg(words) : tr("✓ %1 (right)").arg(words);
        else if (isChosen)
            words = judged ? tr("✗ %1 (your choice, wrong)").arg(words) : tr("%1 (your choice)").arg(words);
        QPushButton* button = m_buttons[std::size_t(i)];
        button->setText(QString::number(i + 1));
        button->setAccessibleName(tr("Answer %1: %2").arg(QString::number(i + 1), words));
        button->setEnabled(m_chosen < 0);
        m_names[std::size_t(i)]->setText(words);
    }
    m_verdict->setText(verdict());
    m_verdict->setVisible(m_chosen >= 0);
    setAccessibleName(tr("Your prediction"));
}

bool LessonPrediction::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonRelease && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) {
        const auto name = std::ranges::find(m_names, watched);
        if (name != m_names.end()) choose(int(name - m_names.begin()));
    }
    return QWidget::eventFilter(watched, event);
}

void LessonPrediction::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
