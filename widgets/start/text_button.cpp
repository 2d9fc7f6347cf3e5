// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/text_button.h"

#include "widgets/start/score_bars.h"
#include "widgets/start/wrapped_text.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

namespace headlens {

TextButton::TextButton(QSizePolicy::Policy across, QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover); // painted again when the mouse comes and goes
    QSizePolicy policy(across, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int TextButton::heightForWidth(int width) const
{
    int height = 0;
    laidOut(width, height);
    return height;
}

void TextButton::tell(const QString& name, const QStringList& words, const QList<GalleryScore>& scores)
{
    setText(QString(name).replace(QLatin1Char('&'), QLatin1String("&&"))); // no mnemonic
    setAccessibleName(name);
    QStringList more = words;
    more.removeAll(QString());
    for (const GalleryScore& score : scores) more << wordsOf(score);
    setAccessibleDescription(more.join(QStringLiteral(". ")));
}

void TextButton::paintTexts(QPainter& painter) const
{
    int height = 0;
    for (const Text& text : laidOut(width(), height)) {
        painter.setPen(palette().color(text.role));
        paintText(painter, text.place, text.words, text.font);
    }
}

void TextButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) updateGeometry();
    QAbstractButton::changeEvent(event);
}

// Space is the button's already; people press Enter as well.
void TextButton::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: return click();
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down: return event->ignore();
    default: QAbstractButton::keyPressEvent(event);
    }
}

} // namespace headlens
