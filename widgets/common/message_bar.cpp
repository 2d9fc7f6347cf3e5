// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/message_bar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

namespace headlens {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_offer(new QPushButton(this)),
      m_close(new QToolButton(this)), m_timer(new QTimer(this))
{
    setFrameShape(StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText); // it quotes file names and file contents
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    m_close->setAccessibleName(tr("Close this message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_offer);
    layout->addWidget(m_close);
    m_timer->setSingleShot(true);
    m_timer->setInterval(6000);
    connect(m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_offer, &QPushButton::clicked, this, [this] {
        hide();
        m_act();
    });
    hide();
}

void MessageBar::say(Kind kind, const QString& text)
{
    const QStyle::StandardPixmap icons[] = {QStyle::SP_MessageBoxInformation, QStyle::SP_MessageBoxWarning,
                                            QStyle::SP_MessageBoxCritical};
    m_icon->setPixmap(style()->standardIcon(icons[int(kind)]).pixmap(20, 20));
    const QString names[] = {tr("Note"), tr("Warning"), tr("Problem")};
    m_icon->setAccessibleName(names[int(kind)]);
    m_kind = kind;
    m_text->setText(text);
    m_offer->hide();
    setAccessibleName(text);
    show();
    if (kind == Kind::Info)
        m_timer->start();
    else
        m_timer->stop();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::offer(Kind kind, const QString& text, const QString& button, std::function<void()> act)
{
    say(kind, text);
    m_act = std::move(act);
    m_offer->setText(button);
    m_offer->show();
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageBar::withdrawProblem()
{
    if (m_kind == Kind::Problem) hide();
}

void MessageBar::withdraw(const QString& text)
{
    if (m_text->text() == text) hide();
}

void MessageBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) m_close->setAccessibleName(tr("Close this message"));
    QFrame::changeEvent(event);
}

} // namespace headlens
