// SPDX-License-Identifier: GPL-3.0-or-later
// Models of one idea.
#pragma once

#include "widgets/start/section.h"

class QAbstractButton;

namespace headlens {

class CardGrid;

class TeachingGroup : public Section {
    Q_OBJECT
public:
    TeachingGroup(const QString& title, const QList<GalleryModel>& models, const QImage& sample, bool isDetailed);

    QList<QAbstractButton*> models() const;
    QList<QWidget*> controls() const override;
    int filter(const QString& words) override;

Q_SIGNALS:
    void chosen(const QString& name);

private:
    CardGrid* m_cards = nullptr; // null: lines
};

} // namespace headlens
