// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/teaching_section.h"

#include "widgets/start/teaching_group.h"
#include "widgets/start/teaching_groups.h"

#include <QAbstractButton>
#include <QVBoxLayout>

#include <utility>

namespace headlens {

TeachingSection::TeachingSection(QWidget* parent) : Section(1.2, parent)
{
    list()->hide();
    column()->setSpacing(8);
    retranslate();
}

void TeachingSection::setModels(const QList<GalleryModel>& models)
{
    if (models == m_models) return; // keeps the focus where it is
    m_models = models;
    fill();
}

void TeachingSection::setSample(const QImage& picture)
{
    m_sample = picture;
    fill();
}

void TeachingSection::setDetailed(bool detailed)
{
    if (std::exchange(m_isDetailed, detailed) != detailed) fill();
}

QList<QAbstractButton*> TeachingSection::models() const
{
    QList<QAbstractButton*> all;
    for (const TeachingGroup* group : m_groups) all << group->models();
    return all;
}

QList<QWidget*> TeachingSection::controls() const
{
    const QList<QAbstractButton*> all = models();
    return {all.begin(), all.end()};
}

void TeachingSection::fill()
{
    qDeleteAll(std::exchange(m_groups, {}));
    const QStringList titles = teachingGroups();
    for (qsizetype i = 0; i < titles.size(); ++i) {
        QList<GalleryModel> models;
        for (const GalleryModel& model : m_models)
            if (teachingGroupOf(model.name) == i) models << model;
        if (!models.isEmpty()) fillGroup(titles[i], models);
    }
    filter(m_words);
    Q_EMIT controlsChanged();
}

void TeachingSection::fillGroup(const QString& title, const QList<GalleryModel>& models)
{
    auto* group = new TeachingGroup(title, models, m_sample, m_isDetailed);
    column()->addWidget(group);
    connect(group, &TeachingGroup::chosen, this, &TeachingSection::chosen);
    m_groups << group;
}

int TeachingSection::filter(const QString& words)
{
    m_words = words;
    int left = 0;
    for (TeachingGroup* group : m_groups) left += group->filter(words);
    setVisible(left > 0); // the engine may still be starting
    return left;
}

void TeachingSection::retranslate()
{
    setTitle(tr("Models that come along"));
    fill();
}

} // namespace headlens
