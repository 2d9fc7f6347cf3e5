// SPDX-License-Identifier: GPL-3.0-or-later
// The models that come along, grouped by idea: a line each with their numbers on hover, or cards that show them.
#pragma once

#include "widgets/start/section.h"

class QAbstractButton;

namespace headlens {

class TeachingGroup;

class TeachingSection final : public Section {
    Q_OBJECT
public:
    explicit TeachingSection(QWidget* parent = nullptr);

    void setModels(const QList<GalleryModel>& models);
    // On models that look at pictures and have none of their own; null: icons.
    void setSample(const QImage& picture);
    void setDetailed(bool detailed);        // cards in place of lines
    QList<QAbstractButton*> models() const; // lines or cards, as they are shown
    QList<QWidget*> controls() const override;
    int filter(const QString& words) override;

Q_SIGNALS:
    void chosen(const QString& name);

protected:
    void retranslate() override;

private:
    void fill();
    void fillGroup(const QString& title, const QList<GalleryModel>& models);

    QList<GalleryModel> m_models;
    QImage m_sample;
    QString m_words; // of the filter
    bool m_isDetailed = false;
    QList<TeachingGroup*> m_groups;
};

} // namespace headlens
