// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/hidden_share.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>

namespace headlens {

HiddenShare::HiddenShare(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_name(new QLabel), m_share(new QLabel), m_hidden(new QSlider(Qt::Horizontal)),
      m_others(new QPushButton)
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    m_hidden->setRange(0, 95);
    line->addWidget(m_name);
    line->addWidget(m_hidden, 1);
    line->addWidget(m_share);
    line->addWidget(m_others);
    connect(m_hidden, &QSlider::valueChanged, this, [this](int percent) {
        m_share->setText(tr("%1 %").arg(percent));
        m_model->wishes()->change([percent](RunRequest& r) { r.maskRatio = percent / 100.0; });
    });
    connect(m_others, &QPushButton::clicked, this,
            [this] { m_model->wishes()->change([](RunRequest& r) { ++r.maskSeed; }); });
    connect(m_model, &InspectionModel::inputChanged, this, &HiddenShare::follow);
    retranslate();
    follow();
}

void HiddenShare::follow()
{
    const double trained = m_model->model().maskRatio, wished = m_model->request().maskRatio;
    if (trained <= 0)
        hide();
    else if (parentWidget() != nullptr)
        show();
    const QSignalBlocker quiet(m_hidden);
    const int percent = int(std::lround(100 * (wished < 0 ? trained : wished)));
    m_hidden->setValue(percent);
    m_share->setText(tr("%1 %").arg(percent));
}

void HiddenShare::retranslate()
{
    m_name->setText(tr("Hidden"));
    m_hidden->setAccessibleName(tr("Share of hidden patches"));
    m_others->setText(tr("Hide others"));
}

void HiddenShare::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
