// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/growing_edit.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {

GrowingEdit::GrowingEdit(int least, int most, QWidget* parent) : QPlainTextEdit(parent), m_least(least), m_most(most)
{
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it wraps
    connect(this, &QPlainTextEdit::textChanged, this, &GrowingEdit::fit);
    fit();
}

void GrowingEdit::setMost(int most)
{
    if (std::exchange(m_most, most) != most) fit();
}

// As it is wrapped; of a long text one more than can be shown.
int GrowingEdit::lines() const
{
    int lines = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid() && lines <= m_most; block = block.next()) {
        document()->documentLayout()->blockBoundingRect(block); // lays it out where it is not yet
        lines += std::max(1, block.layout()->lineCount());
    }
    return lines;
}

void GrowingEdit::fit()
{
    const int all = lines(), shown = std::clamp(all, m_least, m_most);
    // Said, not left to Qt: a bar that comes and goes would wrap the text anew while it is measured.
    const Qt::ScrollBarPolicy bar = all > m_most ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff;
    if (bar != verticalScrollBarPolicy()) {
        setVerticalScrollBarPolicy(bar);
        QMetaObject::invokeMethod(this, &GrowingEdit::wrapAnew, Qt::QueuedConnection);
    }
    const int around = 2 * frameWidth() + int(std::ceil(2 * document()->documentMargin()));
    const int high = shown * fontMetrics().lineSpacing() + around + 2;
    if (high != minimumHeight() || high != maximumHeight()) setFixedHeight(high);
}

// To the width that the bar leaves: Qt wraps before it is there.
void GrowingEdit::wrapAnew()
{
    setLineWrapMode(NoWrap);
    setLineWrapMode(WidgetWidth);
}

// Its beginning is near: Ctrl+Home is the window's.
bool GrowingEdit::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Home && key->modifiers() == Qt::ControlModifier) return true; // not accepted
    }
    return QPlainTextEdit::event(event);
}

void GrowingEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit(); // presenter mode
}

void GrowingEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) fit();
}

// On X11 until somebody copies something there is nothing in it, not even a first format; Qt 6.4 reads that one.
void GrowingEdit::insertFromMimeData(const QMimeData* source)
{
    if (source != nullptr && !source->formats().isEmpty()) QPlainTextEdit::insertFromMimeData(source);
}

} // namespace headlens
