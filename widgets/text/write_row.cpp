// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/write_row.h"

#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/viewmodel/writing.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

namespace headlens {

WriteRow::WriteRow(Writing* writing, QWidget* parent)
    : QWidget(parent), m_writing(writing), m_write(new QPushButton), m_tokens(new QSpinBox), m_retry(new QToolButton)
{
    constexpr int kMost = 512;
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_write);
    layout->addWidget(m_tokens);
    layout->addWidget(m_retry);
    m_tokens->setRange(1, kMost);
    m_retry->setIcon(icon(Icon::Retry));
    m_retry->setToolButtonStyle(Qt::ToolButtonIconOnly);
    setLook(m_write, Look::Accent);
    setLook(m_retry, Look::Chip);
    connect(m_write, &QPushButton::clicked, this, &WriteRow::press);
    connect(m_retry, &QToolButton::clicked, m_writing, &Writing::retry);
    connect(m_tokens, &QSpinBox::valueChanged, this, [this](int tokens) {
        verbs::Generate how = m_writing->how();
        how.atMost = tokens;
        m_writing->setHow(how);
    });
    connect(m_writing, &Writing::changed, this, &WriteRow::follow);
    connect(m_writing, &Writing::howChanged, this, &WriteRow::follow);
    retranslate();
}

void WriteRow::press()
{
    if (m_writing->isBusy())
        m_writing->stop();
    else if (m_writing->isToAsk())
        m_writing->ask();
    else
        m_writing->write(m_tokens->value());
}

void WriteRow::follow()
{
    const QSignalBlocker quiet(m_tokens);
    m_tokens->setValue(m_writing->how().atMost);
    m_write->setText(m_writing->isBusy() ? tr("Stop") : m_writing->isToAsk() ? tr("Ask") : tr("Write"));
    m_retry->setEnabled(!m_writing->isBusy() && !m_writing->written().steps.empty());
}

void WriteRow::retranslate()
{
    m_write->setToolTip(tr("The model goes on from here; how it chooses is set in Generation"));
    m_tokens->setSuffix(tr(" tokens"));
    m_tokens->setAccessibleName(tr("Tokens at most"));
    m_retry->setText(tr("Retry"));
    m_retry->setAccessibleName(tr("Retry"));
    m_retry->setToolTip(tr("Takes back what was written and writes it anew"));
    follow();
}

void WriteRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
