// SPDX-License-Identifier: GPL-3.0-or-later
// How many patches a masked autoencoder does not see, and which; nothing for other models. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSlider;

namespace headlens {

class HiddenShare : public QWidget {
    Q_OBJECT
public:
    explicit HiddenShare(InspectionModel* model, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void retranslate();

    InspectionModel* m_model;
    QLabel *m_name, *m_share;
    QSlider* m_hidden;
    QPushButton* m_others;
};

} // namespace headlens
